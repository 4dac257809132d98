import { describe, expect, it } from 'vitest';
import { type BaselineForecast, maskHistory } from '../src/baselines/baseline-forecast.ts';
import { drift } from '../src/baselines/drift.ts';
import { naive } from '../src/baselines/naive.ts';
import { seasonalNaiveOrLast } from '../src/baselines/seasonal-naive-or-last.ts';
import { historyMean, windowAverage } from '../src/baselines/window-average.ts';
import { readGolden, worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

const gap = Number.NaN;
const methods = {
  naive: (history, horizon) => naive(history, horizon),
  drift: (history, horizon) => drift(history, horizon),
  historyMean: (history, horizon) => historyMean(history, horizon),
  windowAverage: (history, horizon, _, window) => windowAverage(history, horizon, window),
  seasonalNaive: (history, horizon, season) => seasonalNaiveOrLast(history, horizon, season),
} satisfies Record<string, (history: number[], horizon: number, season: number, window: number) => BaselineForecast>;
const names = Object.keys(methods) as (keyof typeof methods)[];

interface Case {
  readonly name: string;
  readonly history: (number | null)[];
  readonly horizon: number;
  readonly season: number;
  readonly window: number;
  readonly expected: Record<keyof typeof methods, number[]>;
}

describe.each(readGolden<{ cases: Case[] }>('baselines').cases)('$name', (golden) => {
  const history = golden.history.map((value) => value ?? gap);

  it.each(names)('%s equals numpy', (name) => {
    const { values, fallback } = methods[name](history, golden.horizon, golden.season, golden.window);
    expect(worstDifference(values, golden.expected[name])).toBeLessThan(tolerances.golden);
    expect(fallback).toBeUndefined();
  });

  it.each(names)('%s does not see what is masked', (name) => {
    const mask = history.map((value) => !Number.isNaN(value));
    const filled = history.map((value) => (Number.isNaN(value) ? 1e9 : value));
    const { values } = methods[name]([...maskHistory(filled, mask)], golden.horizon, golden.season, golden.window);
    expect(worstDifference(values, golden.expected[name])).toBeLessThan(tolerances.golden);
  });
});

it.each(names)('%s of nothing is NaN, and says so', (name) => {
  for (const history of [[], [gap, gap]]) {
    const { values, fallback } = methods[name](history, 2, 3, 4);
    expect([...values]).toEqual([gap, gap]);
    expect(fallback).toMatch(/no known value/);
  }
});

it('what falls back says so', () => {
  expect(seasonalNaiveOrLast([1, 2, 3], 6, 5)).toEqual({
    values: new Float64Array([3, 3, 1, 2, 3, 3]),
    fallback: expect.stringMatching(/^3 of 6 steps are the last known value: the history of 3 steps .*\(5 steps\)/),
  });
  expect(drift([gap, 4, gap], 2)).toEqual({
    values: new Float64Array([4, 4]),
    fallback: expect.stringMatching(/slope/),
  });
  expect(windowAverage([1, 3], 1, 5)).toEqual({
    values: new Float64Array([2]),
    fallback: 'the history has 2 steps, fewer than the window of 5',
  });
  expect(windowAverage([1, 3, gap, gap], 1, 2)).toEqual({
    values: new Float64Array([3]),
    fallback: expect.stringMatching(/before it/),
  });
});

it('refuses a season or window of 0 and a mask of another length', () => {
  expect(() => seasonalNaiveOrLast([1], 1, 0)).toThrow(/seasonLength: expected an integer >= 1/);
  expect(() => windowAverage([1], 1, 1.5)).toThrow(/window: expected an integer >= 1/);
  expect(() => maskHistory([1, 2], [1])).toThrow(/mask: expected 2 numbers/);
});
