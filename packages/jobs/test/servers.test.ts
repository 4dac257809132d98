import { needsPostgres, needsRedis, startPostgres, startRedis, type TestServer } from '@nt/job-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bullmqQueue, withoutPassword } from '../src/bullmq/index.ts';
import { collectJob, jobOf, openQueue, workOnJobs } from '../src/index.ts';

const job = (number: number) => jobOf('square', { number });

describe.each([
  ['Redis', needsRedis(), () => startRedis()],
  ['PostgreSQL', needsPostgres(), startPostgres],
] as const)('%s', (_, isThere, start) => {
  let server: TestServer;
  beforeAll(async () => {
    if (isThere) server = await start();
  });
  afterAll(() => server?.stop());

  it.runIf(isThere)('that is started anew, crashed too, loses nothing', { timeout: 60_000 }, async () => {
    const client = await openQueue(server.address, { lease: 1000 });
    const workers = await Promise.all([0, 1].map(() => openQueue(server.address, { lease: 1000 })));
    const stop = new AbortController();
    let runs = 0;
    const works = workers.map((queue, worker) =>
      workOnJobs(queue, {
        ...{ worker: `w${worker}`, atOnce: 1, lease: 1000, signal: stop.signal, isFinal: () => true },
        run: async ({ payload }) => {
          runs++;
          await new Promise((resolve) => setTimeout(resolve, 150));
          return (payload as { number: number }).number ** 2;
        },
      }),
    );
    const numbers = Array.from({ length: 16 }, (_, number) => number);
    const results = Promise.all(numbers.map((number) => collectJob(client, job(number), { attempts: 20 })));
    for (const how of ['orderly', 'crash', 'orderly'] as const) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await server.restart(how);
    }
    expect(await results).toEqual(numbers.map((number) => number ** 2));
    expect(runs).toBeGreaterThanOrEqual(numbers.length);
    stop.abort();
    await Promise.all(works);
    for (const queue of [client, ...workers]) await queue.close();
  });
});

it.each(['redis', 'postgres'])('%s that does not answer is told, without the password', async (scheme) => {
  const opened = bullmqQueue(`${scheme}://me:secret@127.0.0.1:1/0`, { patience: 500 });
  await expect(opened).rejects.toMatchObject({ code: 'jobs/unreachable' });
  await expect(opened).rejects.toThrow(new RegExp(`${scheme}://me:\\*\\*\\*@127\\.0\\.0\\.1:1/0: no answer`));
});

it.runIf(needsRedis())('a password is asked for; one beside the address is as good as one in it', async () => {
  const server = await startRedis('let/me in');
  try {
    const bare = server.address;
    await expect(bullmqQueue(bare, { patience: 2000 })).rejects.toThrow(/NOAUTH|no answer/);
    const queue = await openQueue(bare, {}, 'let/me in');
    await queue.submit(job(1), { attempts: 1 });
    expect(await queue.look(job(1).id)).toEqual({ state: 'waiting' });
    await queue.close();
  } finally {
    await server.stop();
  }
});

it('other schemes are refused', async () => {
  await expect(openQueue('mysql://127.0.0.1')).rejects.toMatchObject({ code: 'jobs/option' });
  await expect(openQueue('mysql://127.0.0.1')).rejects.toThrow(/found mysql:/);
});

it.each([
  ['redis://:p@h:1', 'redis://:***@h:1'],
  ['postgres://u:p%40q@h/db?x=1', 'postgres://u:***@h/db?x=1'],
  ['redis://h:6379', 'redis://h:6379'],
  ['postgres://u@h/db', 'postgres://u@h/db'],
  ['postgres://u:p/q@h/db', 'postgres://u:***@h/db'],
])('%s is shown as %s', (address, shown) => {
  expect(withoutPassword(address)).toBe(shown);
});
