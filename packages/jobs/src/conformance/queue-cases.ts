import { pause } from '../pause.ts';
import { expectEqual } from './expect.ts';
import { job, type QueueCase, taken, thrice } from './queue-case.ts';
import { togetherCases } from './together-cases.ts';

/** What `JobQueue` promises, as data for any test runner: `for (const { name, run } of queueCases) it(name, …)`. */
export const queueCases: readonly QueueCase[] = [
  {
    name: 'a job goes through: waiting, running, done',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      const one = job();
      expectEqual(await client.look(one.id), { state: 'absent' }, 'before');
      expectEqual(await worker.take('worker'), null, 'take() of an empty queue');
      await client.submit(one, thrice);
      expectEqual(await client.look(one.id), { state: 'waiting' }, 'submitted');
      const delivery = await taken(worker, place);
      expectEqual([delivery.job, delivery.attempt], [one, 1], 'delivery');
      expectEqual(await client.look(one.id), { state: 'running', attempt: 1, progress: null }, 'taken');
      expectEqual(await worker.take('other'), null, 'take() of what is taken');
      await delivery.tell({ update: 7 });
      expectEqual(await client.look(one.id), { state: 'running', attempt: 1, progress: { update: 7 } }, 'told');
      const result = { sum: 0.1 + 0.2, list: ['ü', null, true], none: null };
      await delivery.done(result);
      expectEqual(await client.look(one.id), { state: 'done', result }, 'done');
      expectEqual(await worker.take('worker'), null, 'take() when all is done');
      expectEqual(await client.counts(), { waiting: 0, running: 0, done: 1, failed: 0 }, 'counts()');
      await client.remove(one.id);
      expectEqual(await client.look(one.id), { state: 'absent' }, 'removed');
    },
  },
  {
    name: 'the same job submitted twice is one, in every state',
    async run(place) {
      const [client, other] = [await place.open(), await place.open()];
      await client.submit(job(), thrice);
      await other.submit(job(), thrice);
      expectEqual((await client.counts()).waiting, 1, 'waiting');
      const delivery = await taken(other, place);
      await client.submit(job(), thrice);
      expectEqual(await client.counts(), { waiting: 0, running: 1, done: 0, failed: 0 }, 'running');
      await delivery.done('result');
      await client.submit(job(), thrice);
      expectEqual(await client.look(job().id), { state: 'done', result: 'result' }, 'done');
      expectEqual(await other.take('worker'), null, 'take() again');
    },
  },
  {
    name: 'a worker that no longer beats is lost: the job goes to another, and what the first one says has no effect',
    async run(place) {
      const [client, first, second] = [await place.open(), await place.open(), await place.open()];
      await client.submit(job(), thrice);
      const lost = await taken(first, place);
      await lost.tell('first');
      const delivery = await taken(second, place);
      expectEqual([delivery.job, delivery.attempt], [job(), 2], 'second delivery');
      expectEqual(await lost.beat(), false, 'beat() of the first');
      await lost.done('first');
      await lost.fail('first', true);
      await lost.release();
      expectEqual(await client.look(job().id), { state: 'running', attempt: 2, progress: null }, 'still running');
      await delivery.done('second');
      expectEqual(await client.look(job().id), { state: 'done', result: 'second' }, 'done');
      await lost.done('first');
      expectEqual(await client.look(job().id), { state: 'done', result: 'second' }, 'still done');
    },
  },
  {
    name: 'a worker that beats keeps its job for longer than a lease',
    async run(place) {
      const [client, first, second] = [await place.open(), await place.open(), await place.open()];
      await client.submit(job(), thrice);
      const delivery = await taken(first, place);
      for (let beat = 0; beat < 12; beat++) {
        await pause(place.lease / 3);
        expectEqual(await delivery.beat(), true, 'beat()');
        expectEqual(await second.take('second'), null, 'take() by another');
      }
      await delivery.done(1);
      expectEqual((await client.look(job().id)).state, 'done', 'state');
    },
  },
  {
    name: 'a run that fails is tried again, as often as it may, and its last reason is told',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      await client.submit(job(), thrice);
      for (const attempt of [1, 2, 3]) {
        const delivery = await taken(worker, place);
        expectEqual(delivery.attempt, attempt, 'attempt');
        await delivery.fail(`no luck ${attempt}`, false);
      }
      expectEqual(await worker.take('worker'), null, 'take() after the last attempt');
      const reason = 'given up after 3 attempts: no luck 3';
      expectEqual(await client.look(job().id), { state: 'failed', reason }, 'failed');
    },
  },
  {
    name: 'lost workers are attempts too; other jobs go on beside',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      await client.submit(job(1), { attempts: 2 });
      await taken(worker, place);
      expectEqual((await taken(worker, place)).attempt, 2, 'attempt');
      await client.submit(job(2), thrice);
      let other = await taken(worker, place);
      expectEqual(other.job, job(2), 'the other job');
      while ((await client.look(job(1).id)).state !== 'failed') {
        await pause(place.lease / 5);
        expectEqual(await other.beat(), true, 'beat() of the other');
        expectEqual(await worker.take('worker'), null, 'take() of a job without attempts');
      }
      const reason = 'given up after 2 attempts: its worker was lost';
      expectEqual(await client.look(job(1).id), { state: 'failed', reason }, 'failed');
      await other.done(2);
      await client.submit(job(1), { attempts: 2 });
      other = await taken(worker, place);
      expectEqual([other.job, other.attempt], [job(1), 1], 'submitted anew');
    },
  },
  {
    name: 'a failure that would come again is final',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      await client.submit(job(), thrice);
      await (await taken(worker, place)).fail('wrong option', true);
      expectEqual(await client.look(job().id), { state: 'failed', reason: 'wrong option' }, 'failed');
      expectEqual(await worker.take('worker'), null, 'take()');
      await client.submit(job(), thrice);
      expectEqual(await client.look(job().id), { state: 'waiting' }, 'submitted anew');
      await (await taken(worker, place)).done(1);
      expectEqual((await client.look(job().id)).state, 'done', 'state');
    },
  },
  {
    name: 'what is given back is taken by the next, and is no attempt',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      await client.submit(job(), { attempts: 1 });
      for (let turn = 0; turn < 3; turn++) {
        const delivery = await taken(worker, place);
        expectEqual(delivery.attempt, 1, 'attempt');
        await delivery.release();
        expectEqual(await client.look(job().id), { state: 'waiting' }, 'given back');
      }
      await (await taken(worker, place)).done(1);
      expectEqual((await client.look(job().id)).state, 'done', 'state');
    },
  },
  {
    name: 'a cancelled job fails, waiting or running, and whoever runs it learns it',
    async run(place) {
      const [client, worker] = [await place.open(), await place.open()];
      for (const isRunning of [false, true]) {
        const one = job(Number(isRunning));
        await client.submit(one, thrice);
        const delivery = isRunning ? await taken(worker, place) : null;
        await client.cancel(one.id, 'not wanted');
        expectEqual(await client.look(one.id), { state: 'failed', reason: 'not wanted' }, 'cancelled');
        if (delivery) {
          expectEqual(await delivery.beat(), false, 'beat()');
          await delivery.done(1);
        }
        expectEqual(await worker.take('worker'), null, 'take()');
        expectEqual(await client.look(one.id), { state: 'failed', reason: 'not wanted' }, 'still cancelled');
      }
    },
  },
  {
    name: 'what is in the queue outlives whoever put it there',
    async run(place) {
      const client = await place.open();
      await client.submit(job(), thrice);
      await client.close();
      const worker = await place.open();
      await (await taken(worker, place)).done('kept');
      await worker.close();
      expectEqual(await (await place.open()).look(job().id), { state: 'done', result: 'kept' }, 'result');
    },
  },
  ...togetherCases,
];
