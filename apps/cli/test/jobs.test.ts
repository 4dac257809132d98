import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { nt, type RunningNt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const walk = ['backtest', ...tiny.slice(1), '--folds', '4', '--test-size', '6'];
/** Each fold takes longer than a signal does, however quick the machine. */
const long = [...walk, '--epochs', '250', '--patience', '0'];
const report = (name: string): string => readFileSync(at(name, 'report.json'), 'utf8');

beforeAll(async () => {
  writeBirths(folder, 80);
  expect((await nt(folder, ...walk, '-o', 'short')).code).toBe(0);
});

const finishedFolds = (name: string): readonly string[] =>
  existsSync(at(name, 'folds')) ? readdirSync(at(name, 'folds')).filter((file) => /^\d+\.json$/.test(file)) : [];

/** Processes that a process has started and that are still there. */
function childrenOf(pid: number): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('job-worker') && Number(line.trim().split(/\s+/)[1]) === pid)
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Progress with `--json`: a line for each message, which names the job. */
function checkProgress(stderr: string): void {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const { event, fold, update, maxUpdates, loss, validation } = JSON.parse(line);
    expect([event, typeof update, typeof maxUpdates]).toEqual(['progress', 'number', 'number']);
    expect([0, 1, 2, 3]).toContain(fold);
    for (const value of [loss, validation]) expect(value === null || Number.isFinite(value)).toBe(true);
  }
}

/** A run whose processes have begun to train. */
async function trainingRun(...words: readonly string[]): Promise<{ run: RunningNt; children: readonly number[] }> {
  const run = startNt(folder, ...words, '--json');
  await until(() => new Set(run.stderr().match(/"event":"progress","fold":\d/g)).size === 2);
  const children = childrenOf(run.process.pid!);
  expect(children.length).toBe(2);
  return { run, children };
}

describe('folds in processes of their own', () => {
  it.each([2, 3])('--jobs %i: all bits as in one process', async (jobs) => {
    const { code, stderr, stdout } = await nt(folder, ...walk, '--jobs', String(jobs), '-o', `by-${jobs}`);
    expect([code, stderr]).toEqual([0, expect.stringMatching(new RegExp(`${jobs} folds at the same time.* 1 thread`))]);
    expect(stderr).toMatch(/fold 4: begun/);
    expect(stdout).toMatch(/by fold \(MAE\)/);
    expect(report(`by-${jobs}`)).toBe(report('short'));
    const table = (name: string): string => readFileSync(at(name, 'forecasts.csv'), 'utf8');
    expect(table(`by-${jobs}`)).toBe(table('short'));
  });

  it('folds that share a model are one job; a blend is as good as a network', async () => {
    const blend = ['backtest', '-d', 'births.csv', '--target', 'births', '--horizon', '2', '--preset', 'fast'];
    for (const [name, words] of [
      ['refit', [...walk, '--refit', '2']],
      ['blend', [...blend, '--max-updates', '3', '--folds', '2', '--test-size', '4']],
    ] as const) {
      expect((await nt(folder, ...words, '-o', `${name}-1`)).code).toBe(0);
      const { code, stderr } = await nt(folder, ...words, '--jobs', '4', '-o', `${name}-2`);
      expect([code, stderr]).toEqual([0, expect.stringContaining('2 folds at the same time')]);
      expect(report(`${name}-2`)).toBe(report(`${name}-1`));
    }
  });

  it('--threads are shared', async () => {
    const { stderr } = await nt(folder, ...walk, '--jobs', '2', '--threads', '5', '-o', 'threads');
    expect(stderr).toMatch(/2 folds at the same time, each in a process of its own with 2 or 3 threads \(5 in all\)/);
    const alone = await nt(folder, ...walk, '--threads', '100', '-o', 'none');
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringMatching(/threads: expected an integer from 1 to 64/)]);
  });
});

describe.runIf(needsSignals())('processes that end', () => {
  beforeAll(async () => {
    expect((await nt(folder, ...long, '-o', 'one')).code).toBe(0);
  });

  it('one that is killed fails its fold by name; the others stay, and nt resume comes to the same bits', async () => {
    const { run, children } = await trainingRun(...long, '--jobs', '2', '-o', 'killed');
    process.kill(children[0]!, 'SIGKILL');
    const { code, stdout, stderr } = await run.ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error: fold \d failed: its process was ended by SIGKILL.*\[forecast\/job-lost\]/);
    expect(stderr).toMatch(/Finished folds are kept\. Go on with:\n {2}nt resume killed/);
    checkProgress(stderr);
    expect(finishedFolds('killed').length).toBe(3);
    const again = await nt(folder, 'resume', 'killed');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('3 of 4 folds are done')]);
    expect(report('killed')).toBe(report('one'));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends all; nt resume goes on, with other --jobs too', async (signal) => {
    const { run, children } = await trainingRun(...long, '--jobs', '2', '-o', signal);
    await until(() => finishedFolds(signal).length > 0);
    run.process.kill(signal);
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining(`nt resume ${signal}`)]);
    expect(children.filter(isThere)).toEqual([]);
    if (signal === 'SIGTERM') return;
    const again = await nt(folder, 'resume', signal, '--jobs', '3');
    expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/[1-3] of 4 folds are done/)]);
    expect(report(signal)).toBe(report('one'));
  });

  it('Ctrl-C in a terminal, which comes to all of them, is no failure of a fold', async () => {
    const { run, children } = await trainingRun(...long, '--jobs', '2', '-o', 'group');
    for (const pid of [...children, run.process.pid!]) process.kill(pid, 'SIGINT');
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([130, expect.not.stringContaining('failed')]);
    expect(children.filter(isThere)).toEqual([]);
  });

  it('no process is left when the one that started them is killed', async () => {
    const { run, children } = await trainingRun(...long, '--jobs', '2', '-o', 'orphans');
    run.process.kill('SIGKILL');
    await until(() => !children.some(isThere));
  });
});

describe('trials in processes of their own', () => {
  const search = [
    ...[
      'optimize',
      '-d',
      'births.csv',
      '--target',
      'births',
      '--horizon',
      '2',
      '--variant',
      'paper',
      '--n-stacks',
      '1',
    ],
    ...['--search', 'lr=1e-4..1e-1,log', '--search', 'input-size=4|7', '--search', 'hidden-size=3..6'],
    // A trial takes longer than a process is seen and ended, however quick the machine.
    ...['--trials', '5', '--min-updates', '120', '--max-updates', '1080', '--patience', '0'],
  ];
  const leaderboard = (name: string): unknown =>
    JSON.parse(readFileSync(at(name, 'leaderboard.json'), 'utf8'), (key, value) => (key === 'seconds' ? null : value));
  const kept = (name: string): readonly string[] =>
    existsSync(at(name, 'trials'))
      ? readdirSync(at(name, 'trials'))
          .filter((file) => /^\d+-\d+\.json$/.test(file))
          .sort()
      : [];

  beforeAll(async () => {
    expect((await nt(folder, ...search, '-o', 'search-1')).code).toBe(0);
  });

  it('the same leaderboard and the same trials as one after the other', async () => {
    const { code, stderr } = await nt(folder, ...search, '--jobs', '2', '-o', 'search-2');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('2 trials at the same time, each in a process of its own'),
    ]);
    expect(leaderboard('search-2')).toEqual(leaderboard('search-1'));
    expect(kept('search-2')).toEqual(kept('search-1'));
  });

  it.runIf(needsSignals())(
    'a killed process fails its trial by name, and one process goes on to the same leaderboard',
    async () => {
      const run = startNt(folder, ...search, '--jobs', '2', '--json', '-o', 'search-3');
      await until(() => kept('search-3').length > 0 && childrenOf(run.process.pid!).length === 2);
      // One of them may have nothing to do.
      for (const child of childrenOf(run.process.pid!)) process.kill(child, 'SIGKILL');
      const { code, stderr } = await run.ended;
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/error: (trial \d.* failed|2 jobs failed \(trial \d+): its process was ended by SIGKILL/),
      ]);
      expect(stderr).toMatch(/"event":"progress","trial":\d,"rung":\d,"update":\d+/);
      const again = await nt(folder, 'resume', 'search-3', '--jobs', '1');
      expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('at the same time')]);
      expect(leaderboard('search-3')).toEqual(leaderboard('search-1'));
    },
  );
});

it.each([
  [['--jobs', '0'], /Expected a whole number from 1 to 64/],
  [['--jobs', '1.5'], /Expected a whole number from 1 to 64/],
  [['--jobs', 'many'], /Expected a whole number from 1 to 64/],
  [['--jobs', '65'], /Expected a whole number from 1 to 64/],
  [['--threads', '0'], /Expected a whole number >= 1/],
  [['--jobs', '2', '--refit', 'warm'], /--jobs 2: with --refit warm every fold needs the model of an earlier one/],
  [['--jobs', '2', '--refit', 'never'], /--jobs 2: with --refit never/],
  [['--jobs', '2', '-d', '-'], /--jobs 2: what is piped in can be read once only/],
  [['--threads', '2', '--backend', 'reference'], /--threads 2: the engine 'reference' has no threads to choose/],
])('%j is refused', async (flags, message) => {
  const words = walk.map((word) => (word === 'births.csv' ? at(word) : word));
  const { code, stderr } = await ntInside(...words, ...flags, '-o', at('none'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(at('none'))).toBe(false);
});

it('nt resume of a training is one process', async () => {
  const words = tiny.map((word) => (word === 'births.csv' ? at(word) : word));
  expect((await ntInside(...words, '-o', at('model'))).code).toBe(0);
  const { code, stderr } = await ntInside('resume', at('model'), '--jobs', '2');
  expect([code, stderr]).toEqual([2, expect.stringContaining('--jobs 2: a training is one process')]);
});

it('nt job-worker is not for people', async () => {
  const { code, stderr } = await nt(folder, 'job-worker', 'backtest', 'short', 'cpu');
  expect([code, stderr]).toEqual([2, expect.stringContaining('for the processes that --jobs and nt worker start')]);
  expect((await nt(folder, '--help')).stdout).not.toContain('job-worker');
});
