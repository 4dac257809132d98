import { adamw } from '@nt/optim';
import type { Backend, NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import type { StepContext, TrainOptions } from '../../src/index.ts';
import { mse } from '../../src/losses/index.ts';
import { type ToyBatch, type ToySourceOptions, toyBatches, toyData, toySource } from './toy-data.ts';
import { type ToyModel, type ToyModelOptions, toyModel } from './toy-model.ts';

export interface ToyInputs<T extends Tensor> {
  readonly x: T;
  readonly y: T;
}

export type ToyOptions<T extends Tensor = ReferenceTensor> = TrainOptions<T, ToyBatch, ToyInputs<T>>;

export interface ToyRun<T extends Tensor = ReferenceTensor> {
  readonly backend: Backend<T>;
  readonly model: ToyModel<T>;
  readonly options: ToyOptions<T>;
}

export interface ToyRunSetup<T extends Tensor> {
  readonly backend?: Backend<T>;
  readonly rows?: number;
  readonly source?: ToySourceOptions;
  readonly model?: ToyModelOptions;
}

/** Everything of a run but its budget, validated on other rows; each call is a program of its own. */
export function toyRun<T extends Tensor = ReferenceTensor>(
  options: Partial<ToyOptions<T>> = {},
  setup: ToyRunSetup<T> = {},
): ToyRun<T> {
  const backend = setup.backend ?? (createReferenceBackend() as unknown as Backend<T>);
  const model = toyModel(backend.ops, setup.model);
  const train = toyData(setup.rows ?? 18);
  const held = toyData(10, 99);
  const whole: ToyOptions<T> = {
    backend,
    model,
    transform: adamw({ learningRate: 0.05 }),
    batches: toySource(train, setup.source),
    toTensors: toToyTensors,
    lossOf: (inputs, context) => toyLoss(model, inputs, context),
    validation: { batches: () => toyBatches(held) },
    ...options,
  };
  const given = Object.entries(whole).filter(([, value]) => value !== undefined);
  return { backend, model, options: Object.fromEntries(given) as unknown as ToyOptions<T> };
}

export function toToyTensors<T extends Tensor>(batch: ToyBatch, ops: NetworkOps<T>): ToyInputs<T> {
  return { x: ops.tensor(batch.x, [batch.size, batch.x.length / batch.size]), y: ops.tensor(batch.y, [batch.size, 1]) };
}

export function toyLoss<T extends Tensor>(model: ToyModel<T>, { x, y }: ToyInputs<T>, context: StepContext<T>): T {
  const { ops } = context;
  const prediction = ops.reshape(model.forward(ops, x, context), [x.shape[0]!, 1, 1]);
  return mse(ops, prediction, y);
}
