import type * as BullMq from 'bullmq';
import type { Job } from '../job.ts';
import type { Delivery } from '../job-queue.ts';
import type { JobData } from './job-data.ts';
import type { Patiently } from './patiently.ts';

/** A job that BullMQ has locked for a worker. */
export interface LockedJob {
  readonly job: Job;
  readonly found: BullMq.Job<JobData>;
  /** Of the lock. */
  readonly token: string;
  readonly attempt: number;
  /** Milliseconds. */
  readonly lease: number;
  readonly safely: Patiently;
  /** Looks at the job as it is now. */
  readonly reload: () => Promise<BullMq.Job<JobData> | undefined>;
  readonly UnrecoverableError: typeof BullMq.UnrecoverableError;
}

/** A lease can run out between the look and the change: what another worker has, or has done, is no error of ours. */
const isLost = (error: unknown): boolean =>
  /^(Missing (key|lock) for job|Lock mismatch for job|Job \S+ is not in the \S+ state)/.test((error as Error).message);

/** The hands of a worker: every change renews the lock first, which is refused when it is another's. */
export function bullmqDelivery(locked: LockedJob): Delivery {
  const { job, found, token, attempt, lease, safely, reload, UnrecoverableError } = locked;
  const isOurs = async (): Promise<boolean> => {
    if (Number(await found.extendLock(token, lease)) !== 1) return false;
    const now = await reload();
    if (now?.data.cancelled === undefined) return now !== undefined;
    await now.moveToFailed(new UnrecoverableError(now.data.cancelled), token, false);
    return false;
  };
  const ifOurs = (change: () => Promise<unknown>): Promise<void> =>
    safely(async () => {
      try {
        if (await isOurs()) await change();
      } catch (error) {
        if (!isLost(error)) throw error;
      }
    });
  return {
    job,
    attempt,
    beat: () => safely(isOurs),
    tell: (progress) => safely(() => found.updateProgress({ attempt, progress })),
    done: (result) => ifOurs(() => found.moveToCompleted({ text: JSON.stringify(result) }, token, false)),
    fail: (reason, isFinal) =>
      ifOurs(() => found.moveToFailed(isFinal ? new UnrecoverableError(reason) : new Error(reason), token, false)),
    release: () =>
      ifOurs(async () => {
        await found.updateData({ ...found.data, released: found.data.released + 1 });
        await found.moveToWait(token);
      }),
  };
}
