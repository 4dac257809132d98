import { jobLost } from '@nt/forecast';
import { collectJob, type JobQueue, type JobStatus, JobsError, type Job as QueueJob } from '@nt/jobs';
import type { JobProgress } from './job-messages.ts';
import type { JobPool } from './job-pool.ts';

/** How the jobs of a work are run by the workers of a queue. */
export interface QueuePoolOptions<Job, Result> {
  readonly queue: JobQueue;
  /** Jobs in the queue at the same time. */
  readonly atOnce: number;
  /** How often each is tried. */
  readonly attempts: number;
  readonly signal: AbortSignal;
  /** For people: `fold 2`. */
  nameOf(job: Job): string;
  queued(job: Job): QueueJob;
  /** Resolves when the folder says what is to be done. */
  begun(): Promise<unknown>;
  /** Keeps a result in the folder. */
  keep(result: Result, job: Job): Promise<void>;
  onProgress(job: Job, progress: JobProgress): void;
  /** Hears, once, that nobody works on the queue. */
  onNobody(): void;
}

/** Milliseconds until it is told that nobody takes a job. */
const patience = 10_000;

/** Jobs run elsewhere: submitted, waited for, kept, and only then forgotten by the queue. */
export function queuePool<Job, Result>(options: QueuePoolOptions<Job, Result>): JobPool<Job, Result> {
  const { queue, atOnce, attempts, signal, nameOf, queued, begun, keep, onProgress, onNobody } = options;
  let seen = performance.now();
  let isTold = false;
  const onStatus = (job: Job, status: JobStatus): void => {
    if (status.state === 'running') {
      seen = performance.now();
      if (status.progress !== null) onProgress(job, status.progress as unknown as JobProgress);
    } else if (!isTold && performance.now() - seen > patience) {
      isTold = true;
      onNobody();
    }
  };
  return {
    atOnce,
    async run(job) {
      await begun();
      signal.throwIfAborted();
      const one = queued(job);
      const heard = (status: JobStatus): void => onStatus(job, status);
      const result = await collectJob(queue, one, { attempts, signal, onStatus: heard }).catch((error: unknown) => {
        if (!JobsError.isInstance(error) || error.code !== 'jobs/failed') throw error;
        throw jobLost(nameOf(job), error.message.replace(/\.$/, ''));
      });
      seen = performance.now();
      await keep(result as unknown as Result, job);
      await queue.remove(one.id);
      return result as unknown as Result;
    },
    end: () => queue.close(),
  };
}
