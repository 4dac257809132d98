import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderQueue } from '../src/folder/index.ts';
import {
  collectJob,
  type Job,
  type JobQueue,
  jobOf,
  type WorkEvent,
  type WorkOptions,
  workOnJobs,
} from '../src/index.ts';

const lease = 400;
const newQueue = (): JobQueue => folderQueue(mkdtempSync(join(tmpdir(), 'nt-jobs-')), { lease });
const square = (number: number): Job => jobOf('square', { number });
const numberOf = ({ payload }: Job): number => (payload as { number: number }).number;
const twice = { attempts: 2 };

/** A worker in this process that ends when there is nothing to do. */
function work(queue: JobQueue, options: Partial<WorkOptions> = {}): { ended: Promise<void>; events: WorkEvent[] } {
  const events: WorkEvent[] = [];
  const ended = workOnJobs(queue, {
    ...{ worker: 'test', atOnce: 1, lease, idle: 50, signal: new AbortController().signal },
    run: async (job) => numberOf(job) ** 2,
    isFinal: () => false,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { ended, events };
}

/** A worker that leaves an empty queue must not come before the jobs. */
const submitted = (queue: JobQueue, count: number) =>
  expect.poll(async () => (await queue.counts()).waiting, { timeout: 20_000 }).toBe(count);

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

describe('a worker', () => {
  it('runs what there is, in its lanes, and the client has all results', async () => {
    const queue = newQueue();
    const lanes = new Set<number>();
    const results = Promise.all([1, 2, 3, 4].map((number) => collectJob(queue, square(number), twice)));
    await submitted(queue, 4);
    await work(queue, {
      atOnce: 2,
      idle: 300,
      run: async (job, lane) => {
        lanes.add(lane);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return numberOf(job) ** 2;
      },
    }).ended;
    expect(await results).toEqual([1, 4, 9, 16]);
    expect([...lanes].sort()).toEqual([0, 1]);
  });

  it('keeps a job that takes longer than its lease', async () => {
    const queue = newQueue();
    await queue.submit(square(3), { attempts: 1 });
    const run = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 4 * lease, 'long'));
    const both = [0, 1].map(() => work(queue, { run, idle: 5 * lease }));
    await Promise.all(both.map(({ ended }) => ended));
    expect(both.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['begun', 'done']);
    expect(await queue.look(square(3).id)).toEqual({ state: 'done', result: 'long' });
  });

  it('tries again what failed, not what would fail again; others are done', async () => {
    const queue = newQueue();
    for (const number of [1, 2, 3]) await queue.submit(square(number), twice);
    await work(queue, {
      run: async (job) => {
        if (numberOf(job) < 3) throw new Error(`poison ${numberOf(job)}`);
        return 9;
      },
      isFinal: (error) => (error as Error).message === 'poison 2',
    }).ended;
    const states = await Promise.all([1, 2, 3].map((number) => queue.look(square(number).id)));
    expect(states).toEqual([
      { state: 'failed', reason: 'given up after 2 attempts: poison 1' },
      { state: 'failed', reason: 'poison 2' },
      { state: 'done', result: 9 },
    ]);
    await expect(collectJobFailing(queue)).rejects.toMatchObject({ code: 'jobs/failed', message: 'poison 2' });
  });

  it('gives back what it runs when it is stopped', async () => {
    const queue = newQueue();
    await queue.submit(square(5), { attempts: 1 });
    const stop = new AbortController();
    const { ended, events } = work(queue, {
      signal: stop.signal,
      run: (_, __, ___, signal) => {
        setTimeout(() => stop.abort(), 20);
        return until(signal);
      },
    });
    await ended;
    expect(events.map(({ type }) => type)).toEqual(['begun', 'released']);
    await work(queue).ended;
    expect(await queue.look(square(5).id)).toEqual({ state: 'done', result: 25 });
  });

  it('ends a run whose job was cancelled', async () => {
    const queue = newQueue();
    await queue.submit(square(6), twice);
    const { ended, events } = work(queue, {
      run: async (job, _, __, signal) => {
        await queue.cancel(job.id, 'not wanted');
        return until(signal);
      },
    });
    await ended;
    expect(events.map(({ type }) => type)).toEqual(['begun', 'lost']);
  });

  it('ends after as many jobs as it was told', async () => {
    const queue = newQueue();
    for (const number of [1, 2, 3]) await queue.submit(square(number), twice);
    const { ended, events } = work(queue, { most: 2 });
    await ended;
    expect(events.filter(({ type }) => type === 'done').length).toBe(2);
  });

  it('never runs what is not what its address says', async () => {
    const queue = newQueue();
    const forged: Job = { ...square(7), payload: { number: 8 } };
    await queue.submit(forged, twice);
    const { ended, events } = work(queue);
    await ended;
    expect(events).toEqual([]);
    expect(await queue.look(forged.id)).toMatchObject({ state: 'failed', reason: /not that of its address/ } as never);
  });

  it('that is killed is replaced', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nt-jobs-'));
    const queue = folderQueue(folder, { lease });
    await queue.submit(square(8), twice);
    const script = `import { folderQueue } from '@nt/jobs/folder';
      await folderQueue(${JSON.stringify(folder)}).take('victim'); console.log('taken'); setInterval(() => {}, 1000);`;
    const victim = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=@nt/source', '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: new URL('..', import.meta.url) },
    );
    await once(victim.stdout!, 'data');
    victim.kill('SIGKILL');
    const { events, ended } = work(queue, { idle: 20 * lease, most: 1 });
    await ended;
    expect(events[0]).toMatchObject({ type: 'begun', attempt: 2 });
    expect(await queue.look(square(8).id)).toEqual({ state: 'done', result: 64 });
  });
});

/** A failed job that is submitted again is tried anew: this one fails at once. */
async function collectJobFailing(queue: JobQueue): Promise<unknown> {
  const result = collectJob(queue, square(2), twice);
  result.catch(() => {});
  await submitted(queue, 1);
  await work(queue, {
    run: async () => {
      throw new Error('poison 2');
    },
    isFinal: () => true,
  }).ended;
  return result;
}

describe('a client', () => {
  it('submits again what the queue has lost', async () => {
    const queue = newQueue();
    const result = collectJob(queue, square(4), twice);
    await submitted(queue, 1);
    await queue.remove(square(4).id);
    await submitted(queue, 1);
    await work(queue).ended;
    expect(await result).toBe(16);
  });

  it('stops waiting, and the job stays', async () => {
    const queue = newQueue();
    const stop = new AbortController();
    const result = collectJob(queue, square(4), { ...twice, signal: stop.signal });
    await submitted(queue, 1);
    stop.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('hears how far it is', async () => {
    const queue = newQueue();
    const heard: unknown[] = [];
    const result = collectJob(queue, square(4), { ...twice, onStatus: (status) => heard.push(status) });
    await submitted(queue, 1);
    await work(queue, {
      idle: 300,
      run: async (_, __, tell) => {
        tell({ update: 1 });
        tell({ update: 2 });
        await new Promise((resolve) => setTimeout(resolve, 200));
        return 16;
      },
    }).ended;
    await result;
    expect(heard).toContainEqual({ state: 'running', attempt: 1, progress: { update: 2 } });
  });
});

it('the address of a job is that of its content, with the order of keys', () => {
  expect(jobOf('a', { x: 1, y: undefined as never }).id).toBe(jobOf('a', { x: 1 }).id);
  const ids = [
    jobOf('a', { x: 1, y: 2 }),
    jobOf('a', { y: 2, x: 1 }),
    jobOf('b', { x: 1, y: 2 }),
    jobOf('a', { x: 1 }),
  ];
  expect(new Set(ids.map(({ id }) => id)).size).toBe(4);
});
