import type { Job } from './job.ts';
import type { JobQueue, JobStatus, SubmitOptions } from './job-queue.ts';
import { JobsError } from './jobs-error.ts';
import type { Json } from './json.ts';
import { pause } from './pause.ts';

/** How the result of a job is waited for. */
export interface CollectOptions extends SubmitOptions {
  /** When it aborts, waiting ends with its reason; the job goes on. */
  readonly signal?: AbortSignal;
  /** Hears how far the job is, whenever that was looked at. */
  readonly onStatus?: (status: JobStatus) => void;
}

/** Milliseconds between two looks: short for short jobs, never more than a tenth of how long it takes anyway. */
const [shortest, longest, share] = [5, 1000, 10];

/**
 * Submits a job and waits for its result. A job that the queue has lost, as a server without a disk does, is submitted
 * again.
 *
 * @throws JobsError `jobs/failed` with the reason of the job
 */
export async function collectJob(
  queue: JobQueue,
  job: Job,
  { signal, onStatus, ...options }: CollectOptions,
): Promise<Json> {
  const start = performance.now();
  await queue.submit(job, options);
  for (;;) {
    signal?.throwIfAborted();
    const status = await queue.look(job.id);
    if (status.state === 'done') return status.result;
    if (status.state === 'failed') throw new JobsError('jobs/failed', status.reason, { id: job.id, type: job.type });
    if (status.state === 'absent') await queue.submit(job, options);
    else onStatus?.(status);
    const waited = performance.now() - start;
    await pause(Math.min(longest, Math.max(shortest, waited / share)), signal);
  }
}
