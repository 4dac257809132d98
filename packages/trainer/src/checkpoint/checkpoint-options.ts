import { checkOptions, type Expectation } from '../options/check-options.ts';
import { aboveZero, betweenZeroAndOne, count, countOrZero, flag, members } from '../options/expectations.ts';
import type { CheckpointStorage } from '../storage/checkpoint-storage.ts';

/**
 * When checkpoints are written, and which are kept. One is always written at the end of the run, and when it is aborted.
 *
 * Without `everyUpdates`, `everyEpochs` and `everyMinutes` they are written by time: after 10 seconds or more, so that
 * they take at most 5 % of the wall clock (`maxTimeShare`), and at the latest 10 minutes after the last one.
 */
export interface CheckpointOptions {
  readonly storage: CheckpointStorage;
  /** Updates between checkpoints, whatever they cost. */
  readonly everyUpdates?: number | undefined;
  /** Epochs between checkpoints, whatever they cost. */
  readonly everyEpochs?: number | undefined;
  /** Minutes after which a checkpoint is written at the latest (after an update); default 10 with `maxTimeShare`. */
  readonly everyMinutes?: number | undefined;
  /**
   * Part of the wall clock that checkpoints may take, in (0, 1); default 0.05 when no other cadence is given. The next
   * one waits until what the last one took is no more than this part. The first and the last one come on top.
   */
  readonly maxTimeShare?: number | undefined;
  /** Keeps the newest checkpoint and the one before it, should the newest be damaged; default true. */
  readonly last?: boolean | undefined;
  /**
   * Keeps the checkpoint of the best check (without validation: of the best epoch's training loss); default true. Given,
   * or with a cadence that is not by time, each best check also gets one; the weights of the best check are in every one.
   */
  readonly best?: boolean | undefined;
  /** Writes and keeps checkpoints of the k best checks; default 0. */
  readonly topK?: number | undefined;
}

/** What a storage must have. */
export const storageMembers: Expectation = members('location', 'list', 'files', 'read', 'write', 'remove', 'lock');

/** @throws TrainerError `trainer/unknown-option`, `trainer/bad-option` */
export function checkCheckpointOptions(options: CheckpointOptions): void {
  checkOptions(
    'checkpoint',
    options,
    {
      storage: storageMembers,
      everyUpdates: count,
      everyEpochs: count,
      everyMinutes: aboveZero,
      maxTimeShare: betweenZeroAndOne,
      last: flag,
      best: flag,
      topK: countOrZero,
    },
    ['storage'],
  );
}
