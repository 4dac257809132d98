import { expect, it } from 'vitest';
import { seasonalNaive } from '../src/baselines/seasonal-naive.ts';
import { mae, maseScale, rmse, smape } from '../src/metrics/index.ts';

const gap = Number.NaN;

it('mae is the mean distance, without the pairs whose actual value is missing', () => {
  expect(mae([1, 2, gap, 4], [2, 2, 9, 1])).toBeCloseTo(4 / 3, 12);
  expect(mae([gap], [1])).toBeNaN();
});

it('rmse squares the distances', () => {
  expect(rmse([0, 0, gap], [3, 4, 1])).toBeCloseTo(Math.sqrt(12.5), 12);
});

it("smape is M4's: 200 for opposite signs, 0 for two zeros", () => {
  expect(smape([1], [-1])).toBe(200);
  expect(smape([0, 100], [0, 50])).toBeCloseTo((0 + (200 * 50) / 150) / 2, 12);
});

it('maseScale is the mean seasonal step of the training part', () => {
  expect(maseScale([1, 2, 4, 7], 1)).toBeCloseTo(2, 12);
  expect(maseScale([1, 2, 4, 7], 2)).toBeCloseTo(4, 12);
  expect(maseScale([1, gap, 4], 1)).toBeNaN();
});

it('metrics refuse arrays of different lengths', () => {
  expect(() => mae([1, 2], [1])).toThrow(/forecast: expected 2 numbers .*got 1/);
  expect(() => mae([1, 2], [1, 2], { mask: [1] })).toThrow(/mask: expected 2 numbers/);
  expect(() => mae([1, 2], [1, 2], { weights: [1, 2, 3] })).toThrow(/weights: expected 2 numbers/);
});

it('seasonal naive repeats the last season, naive the last value', () => {
  expect([...seasonalNaive([1, 2, 3, 4], 5, 2)]).toEqual([3, 4, 3, 4, 3]);
  expect([...seasonalNaive([1, 2, 3, 4], 2, 1)]).toEqual([4, 4]);
});

it('seasonal naive takes a missing value from the season before', () => {
  expect([...seasonalNaive([1, 2, gap, 4], 2, 2)]).toEqual([1, 4]);
  expect([...seasonalNaive([1, gap], 2, 2)]).toEqual([1, gap]);
});
