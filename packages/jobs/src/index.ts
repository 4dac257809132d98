export { type CollectOptions, collectJob } from './collect-job.ts';
export { checkJob, type Job, jobOf } from './job.ts';
export {
  type Delivery,
  type JobCounts,
  type JobQueue,
  type JobStatus,
  type QueueOptions,
  type SubmitOptions,
  usualLease,
} from './job-queue.ts';
export { JobsError, type JobsErrorCode } from './jobs-error.ts';
export type { Json } from './json.ts';
export { openQueue } from './open-queue.ts';
export { type WorkEvent, type WorkOptions, workOnJobs } from './work-on-jobs.ts';
