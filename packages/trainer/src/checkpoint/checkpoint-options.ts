import { checkOptions } from '../options/check-options.ts';
import { aboveZero, anObject, count, countOrZero, flag } from '../options/expectations.ts';
import type { CheckpointStorage } from '../storage/checkpoint-storage.ts';

/** When checkpoints are written, and which are kept. */
export interface CheckpointOptions {
  readonly storage: CheckpointStorage;
  /** Updates between checkpoints. */
  readonly everyUpdates?: number;
  /** Epochs between checkpoints; default 1 when neither updates nor minutes are given. */
  readonly everyEpochs?: number;
  /** Minutes between checkpoints (written after an update). */
  readonly everyMinutes?: number;
  /** Keeps the newest checkpoint; default true. */
  readonly last?: boolean;
  /** Writes and keeps a checkpoint of the best check (without validation: of the best epoch's training loss); default true. */
  readonly best?: boolean;
  /** Writes and keeps checkpoints of the k best checks; default 0. */
  readonly topK?: number;
}

/** @throws TrainerError `trainer/unknown-option`, `trainer/bad-option` */
export function checkCheckpointOptions(options: CheckpointOptions): void {
  checkOptions(
    'checkpoint',
    options,
    {
      storage: anObject,
      everyUpdates: count,
      everyEpochs: count,
      everyMinutes: aboveZero,
      last: flag,
      best: flag,
      topK: countOrZero,
    },
    ['storage'],
  );
}
