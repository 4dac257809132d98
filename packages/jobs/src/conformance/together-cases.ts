import type { Job } from '../job.ts';
import type { JobQueue } from '../job-queue.ts';
import { expectEqual } from './expect.ts';
import { job, type QueueCase, taken, thrice } from './queue-case.ts';

/** What a queue promises those who use it at the same time. */
export const togetherCases: readonly QueueCase[] = [
  {
    name: 'every job is taken once, by many at the same time',
    async run(place) {
      const client = await place.open();
      const jobs = Array.from({ length: 24 }, (_, number) => job(number));
      await Promise.all(jobs.map((one) => client.submit(one, thrice)));
      const got: string[] = [];
      const work = async (name: string): Promise<void> => {
        const queue = await place.open();
        for (let delivery = await queue.take(name); delivery; delivery = await queue.take(name)) {
          got.push(delivery.job.id);
          await delivery.done(name);
        }
      };
      await Promise.all(['a', 'b', 'c'].map(work));
      expectEqual(got.sort(), jobs.map(({ id }) => id).sort(), 'jobs taken');
      expectEqual((await client.counts()).done, 24, 'done');
    },
  },
  {
    name: 'a job that is forgotten while others submit, look at, take, end and cancel it is no error, and can come again',
    async run(place) {
      const jobs = [1, 2, 3].map(job);
      const turns = Array.from({ length: 60 }, (_, turn) => jobs[turn % jobs.length]!);
      const hands: readonly ((queue: JobQueue, one: Job) => Promise<unknown>)[] = [
        ...Array.from({ length: 3 }, () => (queue: JobQueue, one: Job) => queue.submit(one, { attempts: 1 })),
        ...Array.from({ length: 2 }, () => (queue: JobQueue, one: Job) => queue.remove(one.id)),
        (queue, one) => queue.look(one.id),
        (queue, one) => queue.cancel(one.id, 'not wanted'),
        (queue) => queue.counts(),
        async (queue) => (await queue.take('worker'))?.done(1),
        async (queue) => (await queue.take('worker'))?.fail('no luck', false),
        async (queue) => {
          const delivery = await queue.take('worker');
          await delivery?.tell('progress');
          await delivery?.beat();
          await delivery?.release();
        },
      ];
      const atWork = hands.map(async (hand) => {
        const queue = await place.open();
        for (const one of turns) await hand(queue, one);
      });
      await Promise.all(atWork);
      const queue = await place.open();
      for (const one of jobs) await queue.remove(one.id);
      await queue.submit(job(4), thrice);
      await (await taken(queue, place)).done(4);
      expectEqual(await queue.look(job(4).id), { state: 'done', result: 4 }, 'afterwards');
      expectEqual(await queue.counts(), { waiting: 0, running: 0, done: 1, failed: 0 }, 'counts()');
    },
  },
];
