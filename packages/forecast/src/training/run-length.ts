import type { BatchSource } from '@nt/data';
import type { TrainingConfig } from './training-options.ts';

/** How long a run is when nothing stops it early. */
export interface RunLength {
  readonly totalUpdates: number;
  readonly updatesPerEpoch: number;
}

/** How many updates there are at most; a rest of an accumulated group at the end of an epoch is an update. */
export function runLength(
  { batchesPerEpoch }: Pick<BatchSource, 'batchesPerEpoch'>,
  { accumulate, maxEpochs, maxUpdates }: TrainingConfig,
): RunLength {
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / accumulate);
  const ofEpochs = maxEpochs === null ? Infinity : updatesPerEpoch * maxEpochs;
  return { updatesPerEpoch, totalUpdates: Math.min(ofEpochs, maxUpdates ?? Infinity) };
}

/** Updates between validation checks unless they are given: more often than every tenth they cost more than they tell. */
export const validationEvery = ({ updatesPerEpoch }: RunLength, { validationEvery: given }: TrainingConfig): number =>
  given ?? Math.max(updatesPerEpoch, 10);
