import type { Backend, NeuralModel, Tensor } from '@nt/tensor';
import type { ForecasterConfig } from '../forecaster-options.ts';
import type { Head } from '../heads/head.ts';
import type { CovariateCounts } from '../predict/window-tensors.ts';
import type { ModelFactory } from './model-factory.ts';

const counts = new WeakMap<object, number>();

/** The forecaster's network, with fresh weights; with `weightsFollow` the caller loads some, and none are drawn. */
export function createNetwork<T extends Tensor>(
  factory: ModelFactory,
  backend: Pick<Backend<T>, 'ops'>,
  { inputSize, horizon, model, seed }: ForecasterConfig,
  counts: CovariateCounts,
  { outputs, distribution }: Head,
  weightsFollow = false,
): NeuralModel<T> {
  const init = { seed, scope: nextScope(backend), weightsFollow };
  const options = distribution ? (factory.forDistribution?.(model, distribution) ?? model) : model;
  return factory.create(backend.ops, { inputSize, horizon, outputs, ...counts }, options, init);
}

/** A name for the variables of the next network on an engine: engines want unique ones among the living. */
function nextScope(engine: object): string {
  const count = (counts.get(engine) ?? 0) + 1;
  counts.set(engine, count);
  return `forecaster-${count}/`;
}
