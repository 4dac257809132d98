import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

it('draws from what was told, and the command that it names trains the best', async () => {
  const { leaderboard: rows, next } = JSON.parse(readFileSync(at('whole', 'leaderboard.json'), 'utf8'));
  for (const { point } of rows) {
    expect([4, 7]).toContain(point.inputSize);
    expect([3, 4, 5, 6]).toContain(point['model.hiddenSize']);
    expect([{ name: 'mae' }, { name: 'huber', delta: 2 }]).toContainEqual(point.loss);
  }
  expect(rows[0].updates).toBe(6);
  const words = (next.match(/"(?:\\.|[^"])*"|\S+/g) as string[]).map((word) =>
    word.startsWith('"') ? (JSON.parse(word) as string) : word,
  );
  const { code, stderr } = await nt(folder, ...words.slice(1));
  expect(stderr).toContain('model written to model');
  expect(code).toBe(0);
  const { forecaster, training } = JSON.parse(readFileSync(at('model', 'config.json'), 'utf8'));
  const { point } = rows[0];
  expect([forecaster.inputSize, forecaster.model.hiddenSize]).toEqual([point.inputSize, point['model.hiddenSize']]);
  expect(training.training).toMatchObject({ learningRate: point.learningRate, maxUpdates: 6, loss: point.loss });
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
  [['--preset', 'fast'], /--preset: nt optimize searches options of one network/],
  [['--epochs', '3'], /--epochs: trials are counted in updates/],
])('%j is refused', async (flags, message) => {
  const { code, stderr } = await ntInside('optimize', '-d', at('births.csv'), ...flags, '-o', at('none'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(at('none'))).toBe(false);
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
