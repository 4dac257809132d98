import type { GradientTransform } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import { checkOptions } from '../options/check-options.ts';
import { aFunction, count, members } from '../options/expectations.ts';
import type { BatchSource, TrainBatch } from '../options/train-options.ts';
import { captureWeights } from '../run/check-metric.ts';
import { train } from '../train.ts';
import { TrainerError } from '../trainer-error.ts';
import type { TrialOptions } from './find-learning-rate.ts';

/** Options of `findBatchSize`. */
export interface FindBatchSizeOptions<T extends Tensor, B extends TrainBatch, I> {
  /** What will be trained, as in `train`, but for its batches. */
  readonly run: Omit<TrialOptions<T, B, I>, 'batches'>;
  readonly transform: GradientTransform;
  /** Batches of a size. */
  readonly batchesFor: (batchSize: number) => BatchSource<B>;
  /** Windows of the first trial; default 16. It is doubled until it no longer fits. */
  readonly initialBatchSize?: number | undefined;
  /** Windows beyond which no trial is made; default 65536. */
  readonly maxBatchSize?: number | undefined;
  /** Updates of a trial, ≥ 2 (the first is not timed); default 3. */
  readonly updates?: number | undefined;
  /** Whether an error means that the batch does not fit; default by the words that engines use for it. Others are thrown. */
  readonly isTooLarge?: ((error: unknown) => boolean) | undefined;
}

/** One size that was tried. */
export interface BatchSizeTrial {
  readonly batchSize: number;
  /** Windows a second after the first update; null when it did not fit. */
  readonly windowsPerSecond: number | null;
  /** Why it did not fit. */
  readonly error: string | null;
}

/** What was found. */
export interface BatchSizeSuggestion {
  /** The largest that fits. */
  readonly largest: number;
  /** The one with the most windows a second on this machine, now. */
  readonly fastest: number;
  readonly trials: readonly BatchSizeTrial[];
}

/**
 * Doubles the batch size until an update no longer fits into memory, or the data into fewer batches. The model is put
 * back to where it was. Sizes are in windows of a micro-batch.
 *
 * @throws TrainerError `trainer/no-batch-fits` when the first does not fit; `trainer/unknown-option`, `trainer/bad-option`
 * Source: Lightning's `scale_batch_size`, mode `power`.
 */
export async function findBatchSize<T extends Tensor, B extends TrainBatch, I>(
  options: FindBatchSizeOptions<T, B, I>,
): Promise<BatchSizeSuggestion> {
  checkOptions('findBatchSize', options, rules, ['run', 'transform', 'batchesFor']);
  const { run, initialBatchSize = 16, maxBatchSize = 65_536 } = options;
  const weights = await captureWeights(run.model);
  const trials: BatchSizeTrial[] = [];
  try {
    for (let batchSize = initialBatchSize; batchSize <= maxBatchSize; batchSize *= 2) {
      const batches = options.batchesFor(batchSize);
      trials.push(await tryBatchSize(options, batchSize, batches));
      if (trials.at(-1)!.error !== null || batches.batchesPerEpoch <= 1) break;
    }
  } finally {
    run.model.loadWeights(weights);
  }
  return summary(trials);
}

const rules = {
  run: members('backend', 'model', 'toTensors', 'lossOf'),
  transform: members('name', 'steps'),
  batchesFor: aFunction,
  initialBatchSize: count,
  maxBatchSize: count,
  updates: (value: number) => (count(value) === true && value >= 2) || 'to be a whole number >= 2',
  isTooLarge: aFunction,
};

async function tryBatchSize<T extends Tensor, B extends TrainBatch, I>(
  { run, transform, updates = 3, isTooLarge = speaksOfMemory }: FindBatchSizeOptions<T, B, I>,
  batchSize: number,
  batches: BatchSource<B>,
): Promise<BatchSizeTrial> {
  let windows = 0;
  let begun = 0;
  try {
    for await (const event of train({ ...run, transform, batches, maxUpdates: updates, logEvery: 1 })) {
      if (event.type !== 'update-end') continue;
      if (begun > 0) windows += event.size;
      else begun = performance.now();
    }
    await run.backend.settle();
    return { batchSize, windowsPerSecond: (1000 * windows) / (performance.now() - begun), error: null };
  } catch (error) {
    // The engine's own error is the cause of the trainer's.
    const cause = (error as Error).cause ?? error;
    if (!isTooLarge(cause)) throw error;
    return { batchSize, windowsPerSecond: null, error: String(cause) };
  }
}

/** V8: `Array buffer allocation failed`, `Invalid typed array length`; WebAssembly: `memory.grow`; CUDA: `OOM`, `out of memory`. */
function speaksOfMemory(error: unknown): boolean {
  return /memory|alloc|\bOOM\b|invalid (typed )?array (buffer )?length|exceeds? the (limit|max)/i.test(String(error));
}

function summary(trials: readonly BatchSizeTrial[]): BatchSizeSuggestion {
  const fitting = trials.filter(({ error }) => error === null);
  const largest = fitting.at(-1);
  if (largest === undefined) {
    throw new TrainerError(
      'trainer/no-batch-fits',
      `Expected a batch of ${trials[0]?.batchSize} windows to fit; it does not (${trials[0]?.error}). Begin with a smaller initialBatchSize.`,
      { trials },
    );
  }
  const fastest = fitting.reduce((best, trial) => (trial.windowsPerSecond! > best.windowsPerSecond! ? trial : best));
  return { largest: largest.batchSize, fastest: fastest.batchSize, trials };
}
