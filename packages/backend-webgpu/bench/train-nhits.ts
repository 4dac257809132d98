import { type WaveBatch, waveBatches } from '@nt/engine-tests/programs';
import { createNhits, type NhitsOptions } from '@nt/nhits';
import { adamw } from '@nt/optim';
import type { Backend, Tensor } from '@nt/tensor';
import { type TrainOptions, train } from '@nt/trainer';
import { mae } from '@nt/trainer/losses';

/** A network and how it is trained. */
export interface NhitsTraining {
  readonly network: NhitsOptions;
  readonly batch: number;
  readonly updates: number;
  /** Updates between two reads of the loss; default never. */
  readonly logEvery?: number;
  /** Different batches, which come round again: making one takes the host longer than many an update. Default all. */
  readonly distinct?: number;
}

interface WindowTensors<T extends Tensor> {
  readonly input: T;
  readonly target: T;
}

/** 24 hours, 12 ahead, 32 wide. */
export const smallNetwork: NhitsOptions = { inputSize: 24, horizon: 12, hiddenSize: 32 };

/** What `@nt/nhits` builds when it is told nothing else, for a week of hours and a day ahead. */
export const defaultNetwork: NhitsOptions = { inputSize: 168, horizon: 24 };

/**
 * Trains N-HiTS with the trainer: mean absolute error, norm clipped to 1, AdamW. Data, weights and order are the same on
 * every engine.
 */
export async function trainNhits<T extends Tensor>(
  backend: Backend<T>,
  { network, batch, updates, logEvery = updates + 1, distinct }: NhitsTraining,
  options: Partial<TrainOptions<T, WaveBatch, WindowTensors<T>>> = {},
  onUpdate: (losses: readonly number[]) => void | Promise<void> = () => {},
): Promise<number[]> {
  const model = createNhits(backend.ops, network);
  const losses: number[] = [];
  const run = train<T, WaveBatch, WindowTensors<T>>({
    backend,
    model,
    transform: adamw({ learningRate: 1e-3 }),
    gradientClipNorm: 1,
    batches: waveBatches({ ...network, batch }, 50, distinct),
    toTensors: ({ size, input, target }, ops) => ({
      input: ops.tensor(input, [size, network.inputSize]),
      target: ops.tensor(target, [size, network.horizon]),
    }),
    lossOf: ({ input, target }, { ops, random }) =>
      mae(ops, model.forward({ input }, { training: true, random }), target),
    maxUpdates: updates,
    limitTrainBatches: updates,
    logEvery,
    loggers: [{ log: ({ trainLoss }) => void (trainLoss !== undefined && losses.push(trainLoss)) }],
    ...options,
  });
  try {
    for await (const event of run) if (event.type === 'update-end') await onUpdate(losses);
  } finally {
    model.dispose();
  }
  return losses;
}
