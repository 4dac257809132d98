import type { CheckpointStorage } from '@nt/trainer';

/** Where one training of an estimator keeps its checkpoints, and goes on from where there are any. */
export interface FitCheckpoints {
  /** @param member of a blend; `network` where there is one alone */
  storage(member: string): CheckpointStorage;
  /** Updates between checkpoints; default: as the trainer's. */
  readonly every?: number | undefined;
}

/** Asked before each training, in their order. None: it is not kept. */
export type CheckpointsOf = () => FitCheckpoints | undefined;
