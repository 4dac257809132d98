import { elementwiseRule, type Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import type { Run } from './run.ts';

/** Loss and gradients of one micro-batch; the caller frees them. */
export interface MicroBatch<T extends Tensor> {
  /** Rank 0, multiplied by the loss scale. */
  readonly loss: T;
  /** 1 when the loss is finite, else 0; only where a policy asks. */
  readonly gate: T | null;
  readonly gradients: Readonly<Record<string, T>>;
}

const finiteRule = elementwiseRule({
  name: 'isFinite',
  inputs: ['x'],
  scalars: [],
  definitions: [],
  outputs: [['finite', ['==', ['-', 'x', 'x'], 0]]],
});

/** Copies a batch to the engine and differentiates its loss; everything else that is made on the way is freed. */
export function gradientsOf<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  batch: B,
  lossScale: number,
  wantsGate: boolean,
): MicroBatch<T> {
  const { ops, settings, counters } = run;
  const { toTensors, lossOf, model } = settings.options;
  const context = { ops, training: true, random: { seed: settings.seed, counter: counters.microBatches } };
  return ops.tidy(() => {
    const inputs = toTensors(batch, ops);
    const scaledLoss = (): T => {
      const loss = lossOf(inputs, context);
      return lossScale === 1 ? loss : ops.mul(loss, ops.tensor([lossScale], []));
    };
    const { value, grads } = ops.variableGrads(scaledLoss, [...model.parameters.values()]);
    const named = [...model.parameters].map(([name, variable]) => [name, grads[variable.name]!] as const);
    const gate = wantsGate ? ops.elementwise(finiteRule, { x: value }, {}).finite : null;
    return { loss: value, gate, gradients: Object.fromEntries(named) };
  });
}
