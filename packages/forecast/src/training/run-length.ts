import type { BatchSource } from '@nt/data';
import type { TrainingConfig } from './training-options.ts';

/** How long a run is when nothing stops it early. */
export interface RunLength {
  readonly totalUpdates: number;
  readonly updatesPerEpoch: number;
}

/** How many updates the epochs are; a rest of an accumulated group at the end of an epoch is an update. */
export function runLength({ batchesPerEpoch }: BatchSource, { accumulate, maxEpochs }: TrainingConfig): RunLength {
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / accumulate);
  return { updatesPerEpoch, totalUpdates: updatesPerEpoch * maxEpochs };
}
