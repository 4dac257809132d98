import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsPostgres, needsRedis, startPostgres, startRedis, type TestServer } from '@nt/job-servers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bullmqQueue } from '../src/bullmq/index.ts';
import { queueCases } from '../src/conformance/index.ts';
import { folderQueue } from '../src/folder/index.ts';
import type { Delivery, JobQueue } from '../src/index.ts';

const lease = 500;
let places = 0;
const open: JobQueue[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
});
const kept = (queue: JobQueue): JobQueue => {
  open.push(queue);
  return queue;
};
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'nt-jobs-'));

describe('a folder', () => {
  it.each(queueCases)('$name', async ({ run }) => {
    const folder = newFolder();
    await run({ lease, open: async () => kept(folderQueue(folder, { lease })) });
  });
});

describe.each([
  ['Redis', needsRedis(), () => startRedis()],
  ['PostgreSQL', needsPostgres(), startPostgres],
] as const)('%s', (_, isThere, start) => {
  let server: TestServer;
  beforeAll(async () => {
    if (isThere) server = await start();
  });
  afterAll(() => server?.stop());
  it.runIf(isThere).each(queueCases)('$name', async ({ run }) => {
    const name = `place-${places++}`;
    await run({ lease, open: async () => kept(await bullmqQueue(server.address, { lease, name })) });
  });
});

describe('the cases', () => {
  const faults: Record<string, (queue: JobQueue) => Partial<JobQueue>> = {
    'a queue that loses results': (queue) => ({
      look: async (id) => {
        const status = await queue.look(id);
        return status.state === 'done' ? { state: 'absent' } : status;
      },
    }),
    'a queue that takes the same job twice': (queue) => {
      let again: Delivery | null = null;
      const take = async (who: string): Promise<Delivery | null> => {
        const delivery = again ?? (await queue.take(who));
        again = again === null ? delivery : null;
        return delivery;
      };
      return { take };
    },
    'a queue without memory of attempts': (queue) => ({
      take: async (who) => {
        const delivery = await queue.take(who);
        return delivery && { ...delivery, attempt: 1 };
      },
    }),
    'a queue that never cancels': () => ({ cancel: async () => {} }),
    'a queue that submits the same job anew': (queue) => ({
      submit: async (job, options) => {
        await queue.remove(job.id);
        await queue.submit(job, options);
      },
    }),
  };
  it.each(Object.entries(faults))('find %s', async (_, fault) => {
    const outcomes = await Promise.allSettled(
      queueCases.map(({ run }) => {
        const folder = newFolder();
        return run({
          lease: 50,
          open: async () => {
            const queue = folderQueue(folder, { lease: 50 });
            return { ...queue, ...fault(queue) };
          },
        });
      }),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  });
});
