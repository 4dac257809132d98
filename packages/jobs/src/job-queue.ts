import type { Job } from './job.ts';
import type { Json } from './json.ts';

/** How far a job is. */
export type JobStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly attempt: number; readonly progress: Json }
  | { readonly state: 'done'; readonly result: Json }
  | { readonly state: 'failed'; readonly reason: string };

/** How a job is tried. */
export interface SubmitOptions {
  /** How often it may be begun: runs that failed and workers that were lost count, a worker's orderly stop does not. */
  readonly attempts: number;
}

/** Jobs by state. */
export type JobCounts = Readonly<Record<Exclude<JobStatus['state'], 'absent'>, number>>;

/**
 * A place where jobs wait, and where their results do. `queueCases` of `@nt/jobs/conformance` says as tests what every
 * queue promises. Jobs come in no promised order.
 */
export interface JobQueue {
  /** Puts a job in; one that waits, runs or is done stays as it is, one that has failed is tried anew. */
  submit(job: Job, options: SubmitOptions): Promise<void>;
  /** How far a job is, and what it came to. */
  look(id: string): Promise<JobStatus>;
  /** Gives a job that waits, or whose worker let its lease run out; null when there is none. @param worker who asks */
  take(worker: string): Promise<Delivery | null>;
  /** Fails a job that is not over with this reason; whoever runs it learns it at the next beat. */
  cancel(id: string, reason: string): Promise<void>;
  /** Forgets a job, its result too. */
  remove(id: string): Promise<void>;
  /** How many jobs are in each state. */
  counts(): Promise<JobCounts>;
  /** Ends connections; what is in the queue stays. */
  close(): Promise<void>;
}

/** A job in the hands of a worker, for as long as it beats. Once the lease is another's, nothing here has an effect. */
export interface Delivery {
  readonly job: Job;
  /** From 1. */
  readonly attempt: number;
  /** Renews the lease. @returns whether the job is still this worker's */
  beat(): Promise<boolean>;
  /** Shows how far it is; renews nothing. */
  tell(progress: Json): Promise<void>;
  /** Leaves the result, and ends the lease. */
  done(result: Json): Promise<void>;
  /**
   * Leaves the reason, and ends the lease.
   *
   * @param isFinal trying again would come to the same
   */
  fail(reason: string, isFinal: boolean): Promise<void>;
  /** Gives it back as if it had not been taken. */
  release(): Promise<void>;
}

/** What all queues are told. */
export interface QueueOptions {
  /** Milliseconds after its last beat when a worker counts as lost; default 30 000. */
  readonly lease?: number;
}

/** Milliseconds of a lease unless told otherwise. */
export const usualLease = 30_000;

/** Why a job is not tried again. */
export const givenUp = (attempts: number, last: string | undefined): string =>
  `given up after ${attempts} attempt${attempts === 1 ? '' : 's'}: ${last ?? 'its worker was lost'}`;
