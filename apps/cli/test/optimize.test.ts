import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { nt, startNt, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const search = [
  ...['optimize', '-d', 'births.csv', '--target', 'births', '--horizon', '2', '--variant', 'paper', '--n-stacks', '1'],
  ...['--search', 'lr=1e-4..1e-1,log', '--search', 'input-size=4|7', '--search', 'hidden-size=3..6'],
  ...['--search', 'loss=mae|huber:delta=2', '--trials', '4', '--min-updates', '2', '--max-updates', '6'],
];
/** The words of a command that is told, behind `nt`. */
const wordsOf = (command: string): string[] =>
  command
    .match(/"(?:\\.|[^"])*"|\S+/g)!
    .slice(1)
    .map((word) => (word.startsWith('"') ? (JSON.parse(word) as string) : word));
const withoutTimes = (text: string): unknown =>
  JSON.parse(text, (key, value) => (key === 'seconds' || key === 'next' ? undefined : value));
const leaderboard = (name: string): unknown => withoutTimes(readFileSync(at(name, 'leaderboard.json'), 'utf8'));

beforeAll(async () => {
  writeBirths(folder, 90);
  const { code, stdout, stderr } = await nt(folder, ...search, '-o', 'whole');
  expect(stderr).toMatch(/trial 0, 2 updates: [\d.]+ .*inputSize [47]/);
  expect(stderr).toMatch(/4 trials, all are done; the best of many looks better than it is/);
  expect(stdout).toMatch(/^trial +MAE +updates +inputSize +learningRate +loss +model\.hiddenSize\n/);
  expect(code).toBe(0);
});

it('--lr-test searches the learning rate where a range test finds it worth it, and goes on there', async () => {
  const words = search.filter((word, at) => !word.startsWith('lr=') && search[at + 1]?.startsWith('lr=') !== true);
  const { code, stderr } = await nt(folder, ...words, '--lr-test', '-o', 'tested');
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^range test: learning rates from [\d.e-]+ to [\d.e-]+ \(/m),
  ]);
  const found = JSON.parse(readFileSync(at('tested', 'leaderboard.json'), 'utf8'));
  const { min, max } = found.testedRates.range;
  for (const { point } of found.leaderboard)
    expect([point.learningRate >= min, point.learningRate <= max]).toEqual([true, true]);
  const before = leaderboard('tested');
  rmSync(at('tested', 'trials', '1-0.json'));
  expect((await nt(folder, 'resume', 'tested')).code).toBe(0);
  expect(leaderboard('tested')).toEqual(before);
});

it('draws from what was told, and the command that it names trains the best', async () => {
  const { leaderboard: rows, next } = JSON.parse(readFileSync(at('whole', 'leaderboard.json'), 'utf8'));
  for (const { point } of rows) {
    expect([4, 7]).toContain(point.inputSize);
    expect([3, 4, 5, 6]).toContain(point['model.hiddenSize']);
    expect([{ name: 'mae' }, { name: 'huber', delta: 2 }]).toContainEqual(point.loss);
  }
  expect(rows[0].updates).toBe(6);
  const { code, stderr } = await nt(folder, ...wordsOf(next));
  expect(stderr).toContain('model written to model');
  expect(code).toBe(0);
  const { forecaster, training } = JSON.parse(readFileSync(at('model', 'config.json'), 'utf8'));
  const { point } = rows[0];
  expect([forecaster.inputSize, forecaster.model.hiddenSize]).toEqual([point.inputSize, point['model.hiddenSize']]);
  expect(training.training).toMatchObject({ learningRate: point.learningRate, maxUpdates: 6, loss: point.loss });
});

it('the command that it names reads the file and computes as the search did, switches among what it trains with', async () => {
  const day = (step: number): string => new Date(Date.UTC(2024, 0, 1 + step)).toISOString().slice(0, 10);
  const row = (t: number): string => {
    const [year, month, date] = day(t).split('-');
    return `${t % 2 === 0 ? 'a' : 'b,c'};${date}/${month}/${year};${t % 7};${t === 20 ? '' : 10 + Math.sin(t)}`;
  };
  const rows = Array.from({ length: 160 }, (_, t) => row(t).replace('b,c', '"b,c"'));
  writeFileSync(at('told.csv'), `shop;day;"week, day";sold\n${rows.join('\n')}\n`);
  const reading = ['--target', 'sold', '--id', 'shop', '--future', '"week, day"', '--time-format', '%d/%m/%Y'];
  const policies = ['--delimiter', ';', '--missing', 'linear', '--frequency', '2 days'];
  const trained = [
    '--horizon',
    '2',
    '--variant',
    'paper',
    '--n-stacks',
    '1',
    '--hidden-size',
    '3',
    '--input-size',
    '4',
  ];
  const switches = ['--partial-targets', '--lookahead', '--no-restore-best-weights', '--seed', '3'];
  const short = ['--trials', '1', '--min-updates', '1', '--max-updates', '1', '--search', 'loss=huber:delta=2'];
  const engine = ['--backend', 'reference', '--precision', 'mixed-bfloat16'];
  const words = ['-d', at('told.csv'), ...reading, ...policies, ...trained, ...switches, ...short, ...engine];
  const found = await ntInside('optimize', ...words, '-o', at('told'), '--json', '--quiet');
  expect([found.code, found.stderr]).toEqual([0, '']);
  const { next } = JSON.parse(found.stdout) as { readonly next: string };
  const named = wordsOf(next).map((word) => (word === 'model' ? at('told-model') : word));
  expect(await ntInside(...named, '--quiet', '--json')).toMatchObject({ code: 0, stderr: '' });
  const config = JSON.parse(readFileSync(at('told-model', 'config.json'), 'utf8'));
  expect(config.data).toMatchObject({ target: 'sold', future: ['week, day'] });
  expect(config.data.reading).toMatchObject({ timeFormat: '%d/%m/%Y', missing: 'linear', delimiter: ';', id: 'shop' });
  expect(config.forecaster.seed).toBe(3);
  const loss = { name: 'huber', delta: 2 };
  const told = { partialTargets: true, restoreBestWeights: false, maxUpdates: 1, precision: 'mixed-bfloat16', loss };
  expect(config.training.training).toMatchObject(told);
  expect(config.training.training.lookahead).not.toBeNull();
  expect(JSON.parse(readFileSync(at('told-model', 'run.json'), 'utf8')).command.backend).toBe('reference');
});

it('a killed search is gone on with to the same leaderboard', async () => {
  const run = startNt(folder, ...search, '-o', 'killed');
  const results = (): number => (existsSync(at('killed', 'trials')) ? readdirSync(at('killed', 'trials')).length : 0);
  while (results() < 2) await new Promise((resolve) => setTimeout(resolve, 2));
  run.process.kill('SIGKILL');
  await run.ended;
  expect((await nt(folder, 'info', 'killed')).stdout).toMatch(
    /a search of options of nhits[\s\S]*next: nt resume killed/,
  );
  expect((await nt(folder, ...search, '-o', 'killed')).stderr).toMatch(/holds a search.*nt resume killed/);
  const { code, stderr } = await nt(folder, 'resume', 'killed');
  expect(stderr).toMatch(/going on: \d results are there/);
  expect(code).toBe(0);
  expect(leaderboard('killed')).toEqual(leaderboard('whole'));
});

describe('without --search', () => {
  it('look-back, rate, width and batch size are searched; time ends it; --json is the leaderboard', async () => {
    const words = ['optimize', '-d', at('births.csv'), '--target', 'births', '--horizon', '2', '--seconds', '0.001'];
    const { code, stdout } = await ntInside(...words, '--max-updates', '1', '--json', '--quiet', '-o', at('timed'));
    expect(code).toBe(0);
    const { leaderboard: rows, timedOut, trials } = JSON.parse(stdout);
    expect([timedOut, trials]).toEqual([true, 1]);
    expect(Object.keys(rows[0].point)).toEqual(['batchSize', 'inputSize', 'learningRate', 'model.hiddenSize']);
  });
});

it.each([
  [['--search', 'lrr=1|2'], /NAME one of .*lr/],
  [['--search', 'lr'], /Expected NAME=VALUES/],
  [['--search', 'optimizer=admw'], /Expected one of adamw/],
  [['--search', 'scaler=maxmin'], /Expected values of none, standard/],
  [['--search', 'n-stacks=1|2'], /NAME one of/],
  [['--search', 'val-split=0.1|0.2'], /NAME one of/],
  [['--search', 'test-split=0.1|0.2'], /NAME one of/],
  [['--search', 'ensemble=1|2'], /NAME one of/],
  [['--search', 'partial-targets=yes|no'], /partial-targets is a switch: expected true, false/],
  [['--search', 'partial-targets=0..1'], /partial-targets is a switch: expected true, false/],
  [['--val-split', '0.1'], /unknown option '--val-split'/],
  [['--preset', 'fast'], /--preset: nt optimize searches options of one network/],
  [['--epochs', '3'], /--epochs: trials are counted in updates/],
])('%j is refused', async (flags, message) => {
  const { code, stderr } = await ntInside('optimize', '-d', at('births.csv'), ...flags, '-o', at('none'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(at('none'))).toBe(false);
});

it('switches are searched as what they are', async () => {
  const words = ['optimize', '-d', at('births.csv'), ...search.slice(3, search.indexOf('--search')), '--trials', '12'];
  const names = ['partial-targets=true|false', 'lookahead=false|true|every=2', 'no-restore-best-weights=true|false'];
  const searched = names.flatMap((name) => ['--search', name]);
  const shared = ['--input-size', '4', '--hidden-size', '3', '--max-updates', '1', '--min-updates', '1', '--json'];
  const { code, stdout } = await ntInside(...words, ...searched, ...shared, '--quiet', '-o', at('switches'));
  expect(code).toBe(0);
  const points = (JSON.parse(stdout).leaderboard as { readonly point: Record<string, unknown> }[]).map(
    ({ point }) => point,
  );
  const found = (name: string): unknown[] => [...new Set(points.map((point) => JSON.stringify(point[name])))].sort();
  expect(found('partialTargets')).toEqual(['false', 'true']);
  expect(found('restoreBestWeights')).toEqual(['false', 'true']);
  expect(found('lookahead')).toEqual(['false', 'true', '{"every":2}']);
});

describe('going on with a search', () => {
  const words = search.map((word) => (word === 'births.csv' ? at(word) : word));
  beforeAll(async () => {
    const two = words.map((word, k) => (words[k - 1] === '--trials' ? '2' : word));
    expect((await ntInside(...two, '--quiet', '-o', at('more'))).code).toBe(0);
  });

  it.each([
    [['--resume', at('more'), '--horizon', '3'], '--horizon'],
    [['--resume', at('more'), '-d', at('births.csv')], '--data'],
    [['--resume', at('more'), '--search', 'lr=1|2'], '--search'],
    [['--resume', at('more'), '--max-updates', '3'], '--max-updates'],
    [['--resume', at('more'), '--no-header'], '--no-header'],
    [['--resume', at('more'), '-o', at('other')], '--output'],
  ])('%j is refused', async (flags, name) => {
    const { code, stderr } = await ntInside('optimize', ...flags);
    const expected = `${name}: a search goes on as it was begun; beside --resume only --trials, --seconds, --jobs, --threads, --queue and --attempts can be`;
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('hooks are refused, which only a training has', async () => {
    const { code, stderr } = await ntInside('resume', at('more'), '--on', 'end=echo');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--on: a search has no hooks/)]);
  });

  it('other numbers of trials and seconds hold, also for whoever goes on later', async () => {
    expect((await ntInside('optimize', '--resume', at('more'), '--trials', '4', '--quiet')).code).toBe(0);
    expect(leaderboard('more')).toEqual(leaderboard('whole'));
    expect((await ntInside('resume', at('more'), '--quiet')).code).toBe(0);
    expect(leaderboard('more')).toEqual(leaderboard('whole'));
    const limits = ['--trials', '9', '--seconds', '0.0001'];
    const late = await ntInside('optimize', '--resume', at('more'), ...limits, '--json', '--quiet');
    // What is there counts; nothing more is begun.
    expect(JSON.parse(late.stdout)).toMatchObject({ timedOut: true, trials: 4 });
  });
});

it('a wrong option of the network is found before anything is tried', async () => {
  const words = [
    'optimize',
    '-d',
    at('births.csv'),
    '--target',
    'births',
    '--horizon',
    '2',
    '--search',
    'model.hiddenSiz=3|4',
  ];
  const { code, stderr } = await ntInside(...words, '-o', at('none'));
  expect([code, stderr]).toEqual([1, expect.stringMatching(/hiddenSize/)]);
  expect(existsSync(at('none'))).toBe(false);
});
