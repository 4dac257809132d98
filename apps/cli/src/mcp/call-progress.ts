import { progressText } from '../output/jobs-progress.ts';
import type { CallMessage } from './call-messages.ts';

/** How far a call is, as the protocol says it: a number that only grows, of how much where that is known, and words. */
export interface Progress {
  readonly progress: number;
  readonly total?: number;
  readonly message: string;
}

/** Adds up the updates of all trainings of a call: folds, members of a blend, the same network again. */
export function callProgress(): (message: Extract<CallMessage, { type: 'progress' }>) => Progress {
  const trainings = new Map<string, { before: number; update: number }>();
  return ({ part, progress }) => {
    const { member, maxUpdates, update } = progress;
    const key = JSON.stringify([part, member]);
    const known = trainings.get(key) ?? { before: 0, update: 0 };
    // Fewer updates than before: the next training begins.
    const before = update < known.update ? known.before + known.update : known.before;
    trainings.set(key, { before, update });
    const done = [...trainings.values()].reduce((sum, one) => sum + one.before + one.update, 0);
    const isAlone = part === undefined && member === undefined && before === 0;
    const words = `update ${progressText(progress)}`;
    return {
      progress: done,
      ...(isAlone && maxUpdates !== null && { total: maxUpdates }),
      message: part === undefined ? words : `${part}: ${words}`,
    };
  };
}
