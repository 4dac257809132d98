import { createHash } from 'node:crypto';
import { JobsError } from './jobs-error.ts';
import type { Json } from './json.ts';

/**
 * A piece of work that says all of itself: whoever runs it, however often, comes to the same result. Its address is the
 * hash of its content, so that the same work submitted twice is one job.
 */
export interface Job {
  /** `j` and the SHA-256 of type and payload. */
  readonly id: string;
  /** What it is, for whoever runs it: `backtest-fold`. */
  readonly type: string;
  readonly payload: Json;
}

/** Makes a job of what it is and what it says. */
export function jobOf(type: string, payload: Json): Job {
  // Through JSON: what a queue does not carry (undefined, NaN) must not be in the address either.
  const plain = JSON.parse(JSON.stringify(payload)) as Json;
  const hash = createHash('sha256')
    .update(JSON.stringify({ type, payload: plain }))
    .digest('hex');
  return { id: `j${hash}`, type, payload: plain };
}

/** A job as it came out of a queue. @throws JobsError `jobs/damaged` when its content is not that of its address */
export function checkJob(found: unknown, id: string): Job {
  const { type, payload } = (found ?? {}) as Partial<Job>;
  if (typeof type === 'string' && payload !== undefined) {
    const job = jobOf(type, payload);
    if (job.id === id) return job;
  }
  throw new JobsError('jobs/damaged', `Job ${id}: its content is not that of its address; it is not run.`, { id });
}
