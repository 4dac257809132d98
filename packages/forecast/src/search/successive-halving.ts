/** What a trial came to with a number of updates. */
export interface RungResult {
  /** From 0. */
  readonly trial: number;
  /** From 0: which of the numbers of updates. */
  readonly rung: number;
  /** What is minimised; null for a trial that failed. */
  readonly score: number | null;
}

/** What is to be done next. */
export interface RungJob {
  readonly trial: number;
  readonly rung: number;
}

/** How a search halves. */
export interface Halving {
  /** Numbers of updates that there are. */
  readonly rungs: number;
  /** One in so many goes on. */
  readonly eta: number;
  readonly trials: number;
}

/** Numbers of updates from the fewest to the most, each `eta` times the one before. */
export function rungUpdates(least: number, most: number, eta: number): readonly number[] {
  const rungs = [most];
  while (rungs[0]! / eta >= least) rungs.unshift(Math.round(rungs[0]! / eta));
  return rungs;
}

/**
 * Asynchronous successive halving: a trial in the best 1/eta of its rung goes on to the next, the highest rung first; where
 * there is none, a new trial begins. When all trials have begun, the best of each rung goes on even where these are few, so
 * that something reaches the top.
 *
 * @param below only from rungs below this one does a trial go on; default: all
 * @returns null when nothing is left to do
 * Source: Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning, algorithm 2 (here one worker).
 */
export function nextJob(
  results: readonly RungResult[],
  { rungs, eta, trials }: Halving,
  below: number = rungs,
): RungJob | null {
  const begun = new Set(results.map(({ trial }) => trial)).size;
  const isFull = begun >= trials;
  for (let rung = Math.min(rungs - 1, below) - 1; rung >= 0; rung--) {
    const here = results.filter((one) => one.rung === rung);
    const above = new Set(results.filter((one) => one.rung === rung + 1).map(({ trial }) => trial));
    const places = Math.max(Math.floor(here.length / eta), isFull ? 1 : 0);
    const promoted = [...here]
      .filter(({ score }) => score !== null)
      .sort((a, b) => a.score! - b.score! || a.trial - b.trial)
      .slice(0, places)
      .find(({ trial }) => !above.has(trial));
    if (promoted) return { trial: promoted.trial, rung: rung + 1 };
  }
  return isFull ? null : { trial: begun, rung: 0 };
}
