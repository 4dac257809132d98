import type { CheckpointOptions } from './checkpoint-options.ts';

/** When checkpoints are written, decided. */
export interface CheckpointCadence {
  readonly everyUpdates: number | null;
  readonly everyEpochs: number | null;
  readonly everyMinutes: number | null;
  /** Part of the wall clock that checkpoints may take; null: they are written whatever they cost. */
  readonly maxTimeShare: number | null;
  /** Whether each best check gets a checkpoint of its own. */
  readonly everyBest: boolean;
}

/** What holds where the options name neither updates nor epochs nor minutes. */
export const defaultCadence = { maxTimeShare: 0.05, everyMinutes: 10 } as const;

/** Seconds between checkpoints below which a time share is not asked: losing them costs nobody anything. */
const leastSeconds = 10;

/** Fills in defaults. */
export function resolveCadence(options: CheckpointOptions): CheckpointCadence {
  const { everyUpdates = null, everyEpochs = null, everyMinutes = null } = options;
  const isCounted = everyUpdates !== null || everyEpochs !== null;
  const isFree = !isCounted && everyMinutes === null;
  const maxTimeShare = options.maxTimeShare ?? (isFree ? defaultCadence.maxTimeShare : null);
  return {
    everyUpdates,
    everyEpochs,
    everyMinutes: everyMinutes ?? (maxTimeShare === null ? null : defaultCadence.everyMinutes),
    maxTimeShare,
    everyBest: options.best ?? maxTimeShare === null,
  };
}

/** Where a run is since its last checkpoint. */
export interface CadencePosition {
  readonly update: number;
  /** Completed epochs. */
  readonly epoch: number;
  /** Whether an epoch was completed since the last update. */
  readonly epochEnded: boolean;
  readonly millisecondsSinceSaved: number;
  /** What the last checkpoint took; 0 before the first. */
  readonly saveMilliseconds: number;
}

/** Whether a checkpoint is due. Pure. */
export function isDue(cadence: CheckpointCadence, at: CadencePosition): boolean {
  const { everyUpdates, everyEpochs } = cadence;
  if (everyUpdates !== null && at.update % everyUpdates === 0) return true;
  if (everyEpochs !== null && at.epochEnded && at.epoch % everyEpochs === 0) return true;
  return at.millisecondsSinceSaved >= longestWait(cadence, at.saveMilliseconds);
}

/** Checkpoints that take `s` seconds, one in `s ÷ share`, take at most that share of the time. */
function longestWait({ everyMinutes, maxTimeShare }: CheckpointCadence, saveMilliseconds: number): number {
  const latest = everyMinutes === null ? Number.POSITIVE_INFINITY : everyMinutes * 60_000;
  if (maxTimeShare === null) return latest;
  return Math.min(latest, Math.max(leastSeconds * 1000, saveMilliseconds / maxTimeShare));
}
