import { type BatchSource, batches, type SeriesSet, type TimeSplit, windows } from '@nt/data';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { augmentationOf } from './augmentations.ts';
import type { TrainingConfig } from './training-config.ts';

/** How long a run is when nothing stops it early. */
export interface RunLength {
  readonly totalUpdates: number;
  readonly updatesPerEpoch: number;
}

/** The training windows of a data set, shuffled and changed by seed. @throws DataError for augmentations that the data forbids */
export function trainingBatches(
  set: SeriesSet,
  split: TimeSplit,
  { inputSize, horizon, seed }: ForecasterConfig,
  { batchSize, augment }: TrainingConfig,
): BatchSource {
  return batches(windows(set, { inputSize, horizon, ranges: split.train, strict: split.strict }), {
    batchSize,
    shuffle: true,
    seed,
    buffers: 2,
    augment: augment.map(augmentationOf),
  });
}

/** How many updates the epochs are; a rest of an accumulated group at the end of an epoch is an update. */
export function runLength({ batchesPerEpoch }: BatchSource, { accumulate, maxEpochs }: TrainingConfig): RunLength {
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / accumulate);
  return { updatesPerEpoch, totalUpdates: updatesPerEpoch * maxEpochs };
}
