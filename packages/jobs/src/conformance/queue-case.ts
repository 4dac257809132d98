import { type Job, jobOf } from '../job.ts';
import type { Delivery, JobQueue } from '../job-queue.ts';
import { pause } from '../pause.ts';

/** A queue as several programs have it. */
export interface QueuePlace {
  /** Milliseconds of its leases: some tenths of a second. */
  readonly lease: number;
  /** Opens the same queue once more, as another program would. */
  open(): Promise<JobQueue>;
}

/** One thing that every queue does. */
export interface QueueCase {
  readonly name: string;
  /** Rejects, saying what differs, when the queue does something else. @param place empty, of this case alone */
  run(place: QueuePlace): Promise<void>;
}

/** A job of values of every kind; each number another one. */
export const job = (number = 1): Job => jobOf('sum', { numbers: [number, 2.5, 'three', null, { b: 1, a: [] }] });
/** Three attempts. */
export const thrice = { attempts: 3 };

/** What another worker gets, waited for as long as a lost lease may take to be seen. */
export async function taken(queue: JobQueue, { lease }: QueuePlace, worker = 'worker'): Promise<Delivery> {
  for (let waited = 0; waited < 20 * lease; waited += lease / 5) {
    const delivery = await queue.take(worker);
    if (delivery) return delivery;
    await pause(lease / 5);
  }
  throw new Error(`take(): expected a job within ${20 * lease} ms, found none.`);
}
