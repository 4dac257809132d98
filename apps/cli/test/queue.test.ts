import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsPostgres, needsRedis, startPostgres, startRedis, type TestServer } from '@nt/job-servers';
import { type Job, type Json, jobOf } from '@nt/jobs';
import { folderQueue } from '@nt/jobs/folder';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dataReference } from '../src/jobs/data-reference.ts';
import { ntVersion } from '../src/jobs/nt-version.ts';
import { needsSignals } from './needs.ts';
import { ntWithServers } from './queue/nt-with-servers.ts';
import { backtestHash, backtestWords, searchHash, searchWords } from './queue/works.ts';
import { type NtResult, nt, type RunningNt, startNt, startProgram, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const folds = backtestWords(3);
const long = [...folds, '--epochs', '500', '--patience', '0'];
const trials = searchWords(3);

beforeAll(async () => {
  writeBirths(folder, 80);
  for (const [words, name] of [
    [folds, 'folds'],
    [trials, 'trials'],
  ] as const)
    expect((await nt(folder, ...words, '-o', name)).code).toBe(0);
});

const workers: RunningNt[] = [];
afterEach(async () => {
  for (const worker of workers) worker.process.kill('SIGKILL');
  await Promise.all(workers.splice(0).map(({ ended }) => ended));
});
const kept = (worker: RunningNt): RunningNt => {
  workers.push(worker);
  return worker;
};
const startWorker = (queue: string, ...words: string[]): RunningNt =>
  kept(startNt(folder, 'worker', '--queue', queue, '--lease', '5', ...words));

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function checkpointsIn(queue: string): number {
  try {
    return readdirSync(queue, { recursive: true }).filter((path) => /-update-\d+$/.test(`${path}`)).length;
  } catch {
    return 0; // a folder that went away while it was looked into
  }
}

describe('results are those of one process, with one worker and with two', () => {
  it.each([
    ['a folder', true, async () => ({ address: at('queue'), stop: async () => {} })],
    ['Redis', needsRedis(), () => startRedis()],
    ['PostgreSQL', needsPostgres(), () => startPostgres()],
  ] as const)('%s', { timeout: 180_000 }, async (name, isThere, start) => {
    if (!isThere) return;
    const server: Pick<TestServer, 'address' | 'stop'> = await start();
    const program = ntWithServers();
    const run = (...words: string[]): RunningNt => startProgram(program, folder, words);
    try {
      for (const count of [1, 2]) {
        const worker = kept(run('worker', '--queue', server.address));
        const [backtest, search] = [`${name}-folds-${count}`, `${name}-trials-${count}`];
        const done: readonly NtResult[] = await Promise.all([
          run(...folds, '--queue', server.address, '-o', backtest).ended,
          run(...trials, '--queue', server.address, '-o', search).ended,
        ]);
        expect(done.map(({ code, stderr }) => [code, stderr])).toEqual([
          [0, expect.stringContaining('3 folds at the same time in the queue')],
          [0, expect.stringContaining('3 trials at the same time in the queue')],
        ]);
        expect(worker.stderr()).toMatch(/(fold|trial) \d.*: done/);
        expect(backtestHash(at(backtest))).toBe(backtestHash(at('folds')));
        expect(searchHash(at(search))).toBe(searchHash(at('trials')));
      }
      const { stdout } = await run('jobs', 'status', '--queue', server.address, '--json').ended;
      expect(JSON.parse(stdout)).toEqual({ waiting: 0, running: 0, done: 0, failed: 0 });
    } finally {
      for (const worker of workers) worker.process.kill('SIGKILL');
      await server.stop();
    }
  });

  it('of folds that share a model too', async () => {
    const words = [...folds, '--refit', '2'];
    expect((await nt(folder, ...words, '-o', 'refit-1')).code).toBe(0);
    for (let worker = 0; worker < 2; worker++) startWorker('refit-queue');
    const { code, stderr } = await nt(folder, ...words, '--queue', 'refit-queue', '-o', 'refit-2');
    expect([code, stderr]).toEqual([0, expect.stringContaining('2 folds at the same time in the queue')]);
    expect(backtestHash(at('refit-2'))).toBe(backtestHash(at('refit-1')));
  });
});

describe.runIf(needsSignals())('what ends in the middle', () => {
  beforeAll(async () => {
    expect((await nt(folder, ...long, '-o', 'long')).code).toBe(0);
  });

  it('a worker that is killed, and one whose computing process is: others take over', async () => {
    const client = startNt(folder, ...long, '--queue', 'killed-queue', '--json', '-o', 'killed');
    const first = startWorker('killed-queue', '--lease', '2');
    await until(() => client.stderr().includes('"event":"progress"'));
    first.process.kill('SIGKILL');
    const second = startWorker('killed-queue', '--lease', '2');
    await until(() => second.stderr().includes('begun, attempt 2'));
    const { code } = await client.ended;
    expect(code).toBe(0);
    expect(backtestHash(at('killed'))).toBe(backtestHash(at('long')));
  });

  it('a training goes on elsewhere from its checkpoint, to the bits of one go, and is then forgotten', async () => {
    const words = ['--lease', '2', '--checkpoint-every', '25'];
    const client = startNt(folder, ...long, '--queue', 'kept-queue', '--json', '-o', 'kept');
    const first = startWorker('kept-queue', ...words);
    // One that is being written stands beside one that is whole. What is told of progress comes too late for that.
    await until(() => checkpointsIn(at('kept-queue')) >= 2);
    first.process.kill('SIGKILL');
    const second = startWorker('kept-queue', ...words);
    const { code } = await client.ended;
    expect([code, second.stderr()]).toEqual([0, expect.stringMatching(/fold \d \(\w+\): goes on at update \d+/)]);
    const update = Number(/goes on at update (\d+)/.exec(second.stderr())![1]);
    expect(update).toBeGreaterThan(0);
    expect(second.stderr().match(/goes on at/g)).toHaveLength(1);
    expect(backtestHash(at('kept'))).toBe(backtestHash(at('long')));
    await until(() => readdirSync(at('kept-queue', 'checkpoints')).length === 0);
  });

  it('Ctrl-C of the client leaves the jobs: workers go on, and nt resume has their results', async () => {
    const client = startNt(folder, ...long, '--queue', 'left-queue', '-o', 'left');
    await until(() => client.stderr().includes('fold 3: begun'));
    const worker = startWorker('left-queue', '--idle', '3');
    await until(() => worker.stderr().includes('begun'));
    client.process.kill('SIGINT');
    const { code, stderr } = await client.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining('nt resume left')]);
    expect((await worker.ended).stderr.match(/: done/g)?.length).toBeGreaterThanOrEqual(3);
    // Nobody works any longer: what comes was computed before.
    const again = await nt(folder, 'resume', 'left');
    expect(again.code).toBe(0);
    expect(backtestHash(at('left'))).toBe(backtestHash(at('long')));
  });

  it('Ctrl-C of a worker gives back what it runs', async () => {
    const client = startNt(folder, ...long, '--queue', 'back-queue', '--attempts', '1', '-o', 'back');
    const first = startWorker('back-queue', '--lease', '30');
    await until(() => first.stderr().includes('begun'));
    first.process.kill('SIGTERM');
    const { code, stderr } = await first.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('given back')]);
    startWorker('back-queue', '--jobs', '2');
    expect((await client.ended).code).toBe(0);
    expect(backtestHash(at('back'))).toBe(backtestHash(at('long')));
  });
});

describe('a worker runs nothing but what it knows', () => {
  const work = async (changes: Record<string, Json> = {}): Promise<Record<string, Json>> => {
    const { run, walk } = JSON.parse(readFileSync(at('folds', 'backtest.json'), 'utf8'));
    const data = { ...(await dataReference(at('births.csv'))) };
    return { nt: ntVersion, engine: 'cpu', kernelSet: null, data, run, walk, ...changes };
  };
  const fold = async (changes?: Record<string, Json>, more: Record<string, Json> = {}): Promise<Job> =>
    jobOf('backtest-fold', { work: await work(changes), fold: 0, ...more });

  it('bad jobs fail with their reason, each for itself, and a good one is done', async () => {
    const changed = (await work())['data'] as Record<string, Json>;
    const bad: [Job, RegExp][] = [
      [jobOf('shell', { command: 'rm -rf /' }), /has no jobs of the type 'shell'/],
      [jobOf('constructor', {}), /has no jobs of the type 'constructor'/],
      [await fold({ nt: '99.0.0' }), /it was made by nt 99\.0\.0, this worker is nt/],
      [jobOf('backtest-fold', null), /it was made by nt undefined/],
      [await fold({}, { script: 'x' }), /it was made by nt undefined/],
      [await fold({ onEvent: 'x' }), /expected its work to have nt, engine/],
      [await fold({}, { fold: -1 }), /fold: expected numbers from 0/],
      [await fold({}, { fold: 99 }), /fold/],
      [await fold({ engine: '__proto__' }), /there is no engine/],
      [await fold({ kernelSet: 'native-none' }), /the job asks for 'native-none'/],
      [await fold({ data: { ...changed, source: 'births.csv' } }), /expected an absolute path/],
      [await fold({ data: { ...changed, sha256: '0'.repeat(64) } }), /is not what the job was made of/],
      [await fold({ data: { ...changed, source: '/dev/zero' } }), /there is no such file/],
      [await fold({ run: { format: 'other' } }), /run: format/],
      [await fold({ walk: { folds: 3, testSize: 4, shell: 'x' } }), /shell/],
    ];
    const queue = folderQueue(at('bad-queue'));
    const good = await fold();
    for (const job of [...bad.map(([job]) => job), good]) await queue.submit(job, { attempts: 2 });
    const { code } = await nt(folder, 'worker', '--queue', 'bad-queue', '--idle', '0.2', '--quiet');
    expect(code).toBe(0);
    for (const [job, reason] of bad)
      expect(await queue.look(job.id)).toEqual({ state: 'failed', reason: expect.stringMatching(reason) });
    const result = await queue.look(good.id);
    const kept = JSON.parse(readFileSync(at('folds', 'folds', '0.json'), 'utf8'));
    expect(result).toEqual({ state: 'done', result: kept });
  });

  it('--once: exit code 42 for a job that would fail again, 1 for one that may not, 0 for one that is done', async () => {
    const once = (name: string): Promise<NtResult> => nt(folder, 'worker', '--queue', name, '--once');
    const data = (await work())['data'] as Record<string, Json>;
    for (const [name, job, expected] of [
      ['once-42', jobOf('shell', {}), 42],
      ['once-1', await fold({ data: { ...data, source: at('missing.csv') } }), 1],
      ['once-0', await fold(), 0],
      ['once-none', null, 0],
    ] as const) {
      if (job) await folderQueue(at(name)).submit(job, { attempts: 5 });
      const { code, stderr } = await once(name);
      expect([name, code, stderr]).toEqual([name, expected, expect.anything()]);
    }
  });

  it('data that have changed since are not used', async () => {
    const client = startNt(folder, ...backtestWords(2), '-d', 'other.csv', '--queue', 'other-queue', '-o', 'other');
    expect((await client.ended).code).toBe(1); // there is no such file
    writeFileSync(at('other.csv'), readFileSync(at('births.csv')));
    const again = startNt(folder, ...backtestWords(2), '-d', 'other.csv', '--queue', 'other-queue', '-o', 'other');
    await until(() => existsSync(at('other-queue', 'jobs')) && readdirSync(at('other-queue', 'jobs')).length === 2);
    await until(() => again.stderr().includes('fold 2: begun'));
    writeFileSync(at('other.csv'), readFileSync(at('births.csv'), 'utf8').replace(/\d\n/, '9\n'));
    startWorker('other-queue');
    const { code, stderr } = await again.ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/2 jobs failed \(fold 1: .*is not what the job was made/),
    ]);
    expect(stderr).toContain('nt resume other');
  });
});

it('a server that does not answer is told without its password, which is written nowhere', async () => {
  if (!needsRedis()) return;
  const server = await startRedis('secret-word');
  const address = server.address.replace('//', '//:secret-word@');
  const program = ntWithServers();
  try {
    const client = startProgram(program, folder, [...folds, '--queue', address, '-o', 'secret']);
    await until(() => existsSync(at('secret', 'backtest.json')));
    client.process.kill('SIGINT');
    const { stderr } = await client.ended;
    expect(stderr + readFileSync(at('secret', 'backtest.json'), 'utf8')).not.toContain('secret-word');
    expect(JSON.parse(readFileSync(at('secret', 'backtest.json'), 'utf8')).command.queue).toBe(server.address);
  } finally {
    await server.stop();
  }
});
