import { type BatchSource, batches, type SeriesSet, type TimeSplit, windows } from '@nt/data';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { augmentationOf } from './augmentations.ts';
import { recencyWeighted } from './recency-weighted.ts';
import type { TrainingConfig } from './training-options.ts';

/** The training windows of a data set, shuffled and changed by seed. @throws DataError for augmentations that the data forbids */
export function trainingBatches(
  set: SeriesSet,
  split: TimeSplit,
  { inputSize, horizon, seed }: ForecasterConfig,
  { batchSize, augment, recencyHalfLife, partialTargets }: TrainingConfig,
): BatchSource {
  const { train, strict, embargoed = [] } = split;
  const shape = { inputSize, horizon, ranges: train, strict, except: embargoed, partialTargets };
  const source = batches(windows(set, shape), {
    batchSize,
    shuffle: true,
    seed,
    buffers: 2,
    augment: augment.map(augmentationOf),
  });
  return recencyHalfLife === null ? source : recencyWeighted(source, train, recencyHalfLife);
}
