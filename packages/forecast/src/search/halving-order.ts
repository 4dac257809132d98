import { type Halving, nextJob, type RungJob, type RungResult } from './successive-halving.ts';

/** The jobs of a search, for several workers at once. */
export interface HalvingOrder<Result extends RungResult> {
  /** A job to be begun; null when nothing can be begun now. */
  next(): RungJob | null;
  /** Results so far, as far as they are known without a gap, in the order in which one worker alone has them. */
  readonly joined: readonly Result[];
  /** Whether every job has its result. */
  readonly isEnd: boolean;
}

/**
 * Gives out jobs that one worker alone would do sooner or later whatever the running ones come to: so that several at once
 * do the same jobs as one, in whatever order they end.
 *
 * While the score of a running job is open, so is who goes on from its rung and from those above it. What happens in the
 * rungs below does not depend on it, since no trial comes down to them.
 *
 * @param stateOf the result of a job, that it was begun, or nothing
 */
export function halvingOrder<Result extends RungResult>(
  stateOf: (job: RungJob) => Result | 'begun' | undefined,
  halving: Halving,
): HalvingOrder<Result> {
  const joined: Result[] = [];
  let isEnd = false;
  /** @returns the first job of the sequence that has no result */
  const join = (): RungJob | null => {
    for (;;) {
      const job = nextJob(joined, halving);
      const state = job && stateOf(job);
      if (!state || state === 'begun') return job;
      joined.push(state);
    }
  };
  return {
    joined,
    get isEnd() {
      return isEnd;
    },
    next() {
      const first = join();
      isEnd = first === null;
      const ahead: RungResult[] = [...joined];
      let below = halving.rungs;
      for (let job = first; job; job = nextJob(ahead, halving, below)) {
        const state = stateOf(job);
        if (state === undefined) return job;
        if (state === 'begun') below = Math.min(below, job.rung);
        ahead.push(state === 'begun' ? { ...job, score: null } : state);
      }
      return null;
    },
  };
}
