import type * as BullMq from 'bullmq';
import type { Job } from '../job.ts';
import type { Delivery } from '../job-queue.ts';
import { isChangedMeanwhile } from './changed-meanwhile.ts';
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
  /** @returns false too when the lease has run out between the look and the change */
  const ifOurs = async (change: () => Promise<unknown>): Promise<boolean> => {
    try {
      return await safely(async () => {
        const held = await isOurs();
        if (held) await change();
        return held;
      });
    } catch (error) {
      if (isChangedMeanwhile(error)) return false;
      throw error;
    }
  };
  const nothing = async (): Promise<void> => {};
  const hand = (change: () => Promise<unknown>): Promise<void> => ifOurs(change).then(nothing);
  return {
    job,
    attempt,
    beat: () => ifOurs(nothing),
    tell: (progress) =>
      safely(() => found.updateProgress({ attempt, progress })).catch((error) => {
        if (!isChangedMeanwhile(error)) throw error;
      }),
    done: (result) => hand(() => found.moveToCompleted({ text: JSON.stringify(result) }, token, false)),
    fail: (reason, isFinal) =>
      hand(() => found.moveToFailed(isFinal ? new UnrecoverableError(reason) : new Error(reason), token, false)),
    release: () =>
      hand(async () => {
        await found.updateData({ ...found.data, released: found.data.released + 1 });
        await found.moveToWait(token);
      }),
  };
}
