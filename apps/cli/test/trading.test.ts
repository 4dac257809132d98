import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const inFolder = (words: readonly string[]): readonly string[] =>
  words.map((word) => (word === 'births.csv' ? join(folder, word) : word));

beforeAll(() => writeBirths(folder, 80));

describe('nt backtest', () => {
  const walk = ['backtest', ...inFolder(tiny.slice(1)), '--folds', '2', '--test-size', '10', '--overwrite'];
  const traded = async (...flags: readonly string[]) => {
    const { code, stdout, stderr } = await ntInside(...walk, ...flags, '-o', join(folder, 'walk'));
    expect(code, stderr).toBe(0);
    return { stdout, stderr, ...JSON.parse(readFileSync(join(folder, 'walk', 'report.json'), 'utf8')) };
  };

  it('says nothing of trades unless it is asked', async () => {
    const { stdout, trading } = await traded();
    expect(trading).toBeNull();
    expect(stdout).not.toMatch(/traded/);
  });

  it('--trading tells direction, earnings at several fees and a verdict with its reasons', async () => {
    const { stdout, stderr, trading } = await traded('--trading');
    expect(stdout).toMatch(/traded on the sign of the forecast \(nhits, held 2 steps\)\nseries +moves +direction/);
    expect(stdout).toMatch(/\nafter 0.1 % on entry and on exit/);
    expect(stdout).toMatch(/by fee\nfee +return +Sharpe +drawdown\n0 % .*\n0.05 % .*\n0.1 % /);
    expect(stderr).toMatch(/Trading: no edge over a random walk\.\n- errors .*\n- rank IC .*\n- the sign signal /);
    expect(trading.series[0].report.costs.rows).toHaveLength(5);
  });

  it('asks for it by any of its flags, each with an effect', async () => {
    const { trading: usual } = await traded('--trading');
    const [{ report }] = usual.series;
    const { stdout, trading: cheap } = await traded('--fee', '0.0003');
    expect(cheap.series[0].report.costs.rows.map(({ fee }: { fee: number }) => fee)).toContain(0.0003);
    expect(cheap.series[0].report.sharpe.sharpe).toBeGreaterThan(report.sharpe.sharpe);
    expect(stdout).toMatch(/\nafter 0.03 % on entry/);
    expect((await traded('--trials', '20')).trading.trials).toBe(20);
    expect((await traded('--trade-step', '1')).trading.step).toBe(1);
    const { trading: long } = await traded('--no-short');
    expect(long.series[0].report.costs.rows).not.toEqual(report.costs.rows);
  });
});

it('prices of 0 or less have no return: they are left out and counted, when training is long over', async () => {
  const path = join(folder, 'oil.csv');
  const prices = Array.from({ length: 80 }, (_, day) => (day === 70 ? -37 : 40 + 5 * Math.sin(day)));
  const days = prices.map(
    (price, day) => `${new Date(Date.UTC(2020, 1, 1 + day)).toISOString().slice(0, 10)},${price}`,
  );
  writeFileSync(path, `date,price\n${days.join('\n')}\n`);
  const words = ['--horizon', '2', '--model', 'linear', '--input-size', '6', '--folds', '1', '--test-size', '20'];
  const walk = ['backtest', '-d', path, '--target', 'price', ...words, '--trading', '-o', join(folder, 'oil')];
  const { code, stdout } = await ntInside(...walk);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\d+ origins have no return: a price is 0 or less/);
});

it('nt evaluate tells the same of a model, and an edge where there is one', async () => {
  const path = join(folder, 'wave.csv');
  const days = Array.from({ length: 400 }, (_, day) => {
    const price = 100 + 20 * Math.sin(day / 4) + Math.sin(day * 12.9898);
    return `${new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)},${price.toFixed(3)}`;
  });
  writeFileSync(path, `date,price\n${days.join('\n')}\n`);
  const model = join(folder, 'wave');
  const words = ['-d', path, '--target', 'price', '--horizon', '2', '--model', 'linear', '--input-size', '30'];
  expect((await ntInside('train', ...words, '--test-split', '0.4', '-o', model)).code).toBe(0);
  const { stdout, stderr, code } = await ntInside('evaluate', '-m', model, '--trading', '--trials', '3');
  expect(code).toBe(0);
  expect(stdout).toMatch(/traded on the sign of the forecast \(linear, held 2 steps\)/);
  expect(stderr).toMatch(/Trading: an edge over a random walk, after costs\./);
  const json = JSON.parse((await ntInside('evaluate', '-m', model, '--trading', '--json')).stdout);
  expect(json.trading.verdict.edge).toBe('after-costs');
  expect(JSON.parse((await ntInside('evaluate', '-m', model, '--json')).stdout).trading).toBeUndefined();
});
