import type { BatchSource } from '@nt/data';

/** What ends a run; null: nothing of that kind. */
interface RunLimits {
  readonly accumulate: number;
  readonly maxEpochs: number | null;
  readonly maxUpdates: number | null;
}

/** How long a run is when nothing stops it early. */
export interface RunLength {
  readonly totalUpdates: number;
  readonly updatesPerEpoch: number;
}

/** How many updates there are at most; a rest of an accumulated group at the end of an epoch is an update. */
export function runLength(
  { batchesPerEpoch }: Pick<BatchSource, 'batchesPerEpoch'>,
  { accumulate, maxEpochs, maxUpdates }: RunLimits,
): RunLength {
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / accumulate);
  const ofEpochs = maxEpochs === null ? Infinity : updatesPerEpoch * maxEpochs;
  return { updatesPerEpoch, totalUpdates: Math.min(ofEpochs, maxUpdates ?? Infinity) };
}

/** Updates between validation checks unless they are given: more often than every tenth they cost more than they tell. */
export const validationEvery = (
  { updatesPerEpoch }: RunLength,
  { validationEvery: given }: { readonly validationEvery: number | null },
): number => given ?? Math.max(updatesPerEpoch, 10);
