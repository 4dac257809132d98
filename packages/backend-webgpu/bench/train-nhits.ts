import { createNhits, type NhitsOptions } from '@nt/nhits';
import { adamw } from '@nt/optim';
import { type Backend, type Tensor, uniformValues } from '@nt/tensor';
import { type BatchSource, type TrainBatch, type TrainOptions, train } from '@nt/trainer';
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

interface WindowBatch extends TrainBatch {
  readonly input: Float32Array;
  readonly target: Float32Array;
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
  { network, batch, updates, logEvery = updates + 1, distinct = Infinity }: NhitsTraining,
  options: Partial<TrainOptions<T, WindowBatch, WindowTensors<T>>> = {},
  onUpdate: (losses: readonly number[]) => void | Promise<void> = () => {},
): Promise<number[]> {
  const model = createNhits(backend.ops, network);
  const losses: number[] = [];
  const run = train<T, WindowBatch, WindowTensors<T>>({
    backend,
    model,
    transform: adamw({ learningRate: 1e-3 }),
    gradientClipNorm: 1,
    batches: waveBatches(network, batch, distinct),
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

/** Batches of windows from random places of a noisy wave, without end. */
export function waveBatches(
  { inputSize, horizon }: NhitsOptions,
  size: number,
  distinct: number,
): BatchSource<WindowBatch> {
  const batchesPerEpoch = 50;
  const made = new Map<number, WindowBatch>();
  const batch = (number: number): WindowBatch => {
    const known = made.get(number % distinct);
    if (known) return known;
    const fresh = waveBatch(inputSize, horizon, size, number);
    if (Number.isFinite(distinct)) made.set(number, fresh);
    return fresh;
  };
  let at = { epoch: 0, position: 0 };
  return {
    get epoch() {
      return at.epoch;
    },
    get position() {
      return at.position;
    },
    batchesPerEpoch,
    state: () => ({ ...at }),
    restore(state) {
      at = state as typeof at;
    },
    *[Symbol.iterator]() {
      while (at.position < batchesPerEpoch) {
        const number = at.epoch * batchesPerEpoch + at.position;
        at = { ...at, position: at.position + 1 };
        yield batch(number);
      }
      at = { epoch: at.epoch + 1, position: 0 };
    },
  };
}

function waveBatch(inputSize: number, horizon: number, size: number, number: number): WindowBatch {
  const starts = uniformValues(size, { seed: 2, counter: number });
  const noise = uniformValues(size * (inputSize + horizon), { seed: 3, counter: number });
  const value = (row: number, step: number): number =>
    Math.sin(((starts[row]! * 24 + step) * 2 * Math.PI) / 24) +
    0.2 * (noise[row * (inputSize + horizon) + step]! - 0.5);
  const block = (from: number, steps: number): Float32Array =>
    Float32Array.from({ length: size * steps }, (_, i) => value(Math.floor(i / steps), from + (i % steps)));
  return { size, input: block(0, inputSize), target: block(inputSize, horizon) };
}
