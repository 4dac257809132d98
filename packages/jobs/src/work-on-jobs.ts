import type { Job } from './job.ts';
import type { Delivery, JobQueue } from './job-queue.ts';
import { usualLease } from './job-queue.ts';
import type { Json } from './json.ts';
import { pause } from './pause.ts';

/** What a worker tells of itself. */
export type WorkEvent =
  | { readonly type: 'begun'; readonly job: Job; readonly attempt: number }
  | { readonly type: 'done' | 'lost' | 'released'; readonly job: Job }
  | { readonly type: 'failed'; readonly job: Job; readonly reason: string; readonly isFinal: boolean };

/** How jobs are worked on. */
export interface WorkOptions {
  /** For people: `host 4711`. */
  readonly worker: string;
  /** Jobs at the same time, each in a lane of its own. */
  readonly atOnce: number;
  /** Milliseconds of a lease, as the queue has it; default 30 000. It is renewed three times within. */
  readonly lease?: number;
  /** Ends the worker: what runs is given back. */
  readonly signal: AbortSignal;
  /** Ends the worker when for so many milliseconds there was nothing to do; default never. */
  readonly idle?: number;
  /** Ends the worker after so many jobs; default never. */
  readonly most?: number;
  /**
   * Runs a job, where it does not hold up this process: the lease is renewed from here.
   *
   * @param signal aborts when the result is no longer wanted here
   */
  run(job: Job, lane: number, tell: (progress: Json) => void, signal: AbortSignal): Promise<Json>;
  /** Whether trying again would come to the same error. */
  isFinal(error: unknown): boolean;
  /** Hears what the worker does. */
  onEvent?(event: WorkEvent): void;
}

/** Milliseconds between two looks into an empty queue. */
const [soon, late] = [5, 500];

/**
 * Works on the jobs of a queue until told to end.
 *
 * @throws JobsError `jobs/unreachable` when the queue is gone for good
 */
export async function workOnJobs(queue: JobQueue, options: WorkOptions): Promise<void> {
  const { atOnce, worker, signal, idle = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY } = options;
  let taken = 0;
  let busy = 0;
  let idleSince = performance.now();
  const inLane = async (lane: number): Promise<void> => {
    let wait = soon;
    while (!signal.aborted && taken < most) {
      taken++;
      const delivery = await queue.take(worker);
      if (delivery === null) {
        taken--;
        if (busy === 0 && performance.now() - idleSince >= idle) return;
        await pause(wait, signal);
        wait = Math.min(late, 2 * wait);
        continue;
      }
      wait = soon;
      busy++;
      await runDelivery(delivery, lane, options);
      busy--;
      idleSince = performance.now();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => inLane(lane)));
}

async function runDelivery(delivery: Delivery, lane: number, options: WorkOptions): Promise<void> {
  const { job, attempt } = delivery;
  const { signal, lease = usualLease, run, isFinal, onEvent } = options;
  onEvent?.({ type: 'begun', job, attempt });
  const unwanted = new AbortController();
  const ended = new AbortController();
  const beating = beat(delivery, lease / 3, ended.signal).then((isLost) => isLost && unwanted.abort());
  const stop = (): void => unwanted.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const result = await run(job, lane, latest(delivery), unwanted.signal);
    await delivery.done(result);
    onEvent?.({ type: 'done', job });
  } catch (error) {
    if (signal.aborted) {
      await delivery.release();
      onEvent?.({ type: 'released', job });
    } else if (unwanted.signal.aborted) onEvent?.({ type: 'lost', job });
    else {
      const reason = error instanceof Error ? error.message : String(error);
      await delivery.fail(reason, isFinal(error));
      onEvent?.({ type: 'failed', job, reason, isFinal: isFinal(error) });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    ended.abort();
    await beating;
  }
}

/** Renews a lease until told to end. @returns whether it was lost */
async function beat(delivery: Delivery, every: number, ended: AbortSignal): Promise<boolean> {
  for (;;) {
    await pause(every, ended);
    if (ended.aborted) return false;
    // A queue that cannot be reached for a while has taken nothing away.
    if (!(await delivery.beat().catch(() => true))) return !ended.aborted;
  }
}

/** Tells the queue the newest progress: what comes while it is being told replaces what waits. */
function latest(delivery: Delivery): (progress: Json) => void {
  let next: { readonly progress: Json } | null = null;
  let isTelling = false;
  const tell = async (): Promise<void> => {
    isTelling = true;
    while (next) {
      const { progress } = next;
      next = null;
      await delivery.tell(progress).catch(() => {}); // progress is shown, nothing depends on it
    }
    isTelling = false;
  };
  return (progress) => {
    next = { progress };
    if (!isTelling) void tell();
  };
}
