import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import {
  blockBootstrap,
  bootstrapMean,
  correlationInterval,
  defaultBlockLength,
  dieboldMariano,
  normalQuantile,
  pearson,
  spearman,
} from '../src/statistics/index.ts';

const nan = Number.NaN;
/** Numbers of an autoregression of order 1: independent for `memory` 0. */
function autoregression(count: number, memory: number, seed: number): number[] {
  const random = xoroshiro128plus(seed);
  let value = 0;
  return Array.from({ length: count }, () => {
    value = memory * value + normalQuantile(uniformFloat64(random) * 0.999998 + 1e-6);
    return value;
  });
}

it('Diebold–Mariano: swapping the methods swaps the sign and keeps the p value', () => {
  const [a, b] = [autoregression(40, 0, 1), autoregression(40, 0, 2)];
  const one = dieboldMariano(a, b, { horizon: 3 });
  const other = dieboldMariano(b, a, { horizon: 3 });
  expect(other.statistic).toBeCloseTo(-one.statistic, 12);
  expect(other.pValue).toBeCloseTo(one.pValue, 12);
});

it('Diebold–Mariano: the stride of the origins sets how many overlap', () => {
  const [a, b] = [autoregression(60, 0.8, 1), autoregression(60, 0.8, 2)];
  expect(dieboldMariano(a, b, { horizon: 24, stride: 24 })).toEqual(dieboldMariano(a, b));
  expect(dieboldMariano(a, b, { horizon: 24, stride: 10 }).lags).toBe(2);
  expect(dieboldMariano(a, b, { horizon: 24, stride: 10 }).statistic).not.toBe(dieboldMariano(a, b).statistic);
});

it('Diebold–Mariano: overlapping errors without lags would see differences that are not there', () => {
  const rejected = { lagged: 0, plain: 0 };
  for (let seed = 0; seed < 300; seed++) {
    const steps = autoregression(108, 0, seed + 1);
    const losses = Array.from({ length: 100 }, (_, t) => steps.slice(t, t + 8).reduce((sum, x) => sum + x, 0));
    const nothing = losses.map(() => 0);
    if (dieboldMariano(losses, nothing, { horizon: 8 }).pValue < 0.05) rejected.lagged += 1;
    if (dieboldMariano(losses, nothing).pValue < 0.05) rejected.plain += 1;
  }
  expect(rejected.plain).toBeGreaterThan(90);
  expect(rejected.lagged).toBeLessThan(45);
});

it('Diebold–Mariano says what it cannot tell', () => {
  expect(dieboldMariano([1, 2], [1, 3], { horizon: 2 })).toMatchObject({ pValue: nan, note: /too few/ as never });
  expect(dieboldMariano([], []).note).toMatch(/too few origins for a test \(0,/);
  expect(dieboldMariano([1, nan], [2, 3]).note).toMatch(/too few origins for a test \(1,/);
  expect(dieboldMariano([1, 2, 3], [1, 2, 3])).toMatchObject({ statistic: 0, pValue: 1 });
  expect(dieboldMariano([1, 2, 3], [2, 3, 4])).toMatchObject({ statistic: -Infinity, pValue: 0 });
  expect(dieboldMariano([1, 2, 3], [2, 3, 4]).note).toMatch(/the same at every origin/);
});

it('the bootstrap interval is the same for the same seed, and another for another', () => {
  const values = autoregression(50, 0.5, 3);
  expect(bootstrapMean(values, { seed: 4 })).toEqual(bootstrapMean(values, { seed: 4 }));
  expect(bootstrapMean(values, { seed: 5 }).lower).not.toBe(bootstrapMean(values, { seed: 4 }).lower);
});

it.each(['stationary', 'moving'] as const)('%s blocks keep the correlation: coverage of a mean', (method) => {
  const covered = { blocks: 0, single: 0 };
  for (let seed = 1; seed <= 200; seed++) {
    const values = autoregression(200, 0.6, seed);
    const holds = (blockLength: number): number => {
      const { lower, upper } = bootstrapMean(values, { method, blockLength, resamples: 200, level: 0.9, seed });
      return Number(lower <= 0 && upper >= 0);
    };
    covered.blocks += holds(20);
    covered.single += holds(1);
  }
  // Nominal 180 of 200; blocks of a finite sample fall a little short, single values far.
  expect(covered.blocks).toBeGreaterThan(156);
  expect(covered.single).toBeLessThan(136);
});

it('a higher level is a wider interval; more resamples are used; a moving block differs from a stationary one', () => {
  const values = autoregression(60, 0.4, 9);
  const [narrow, wide] = [bootstrapMean(values, { level: 0.5 }), bootstrapMean(values, { level: 0.99 })];
  expect(wide.lower).toBeLessThan(narrow.lower);
  expect(wide.upper).toBeGreaterThan(narrow.upper);
  expect(bootstrapMean(values, { resamples: 50 })).toMatchObject({ resamples: 50 });
  expect(bootstrapMean(values, { method: 'moving' }).lower).not.toBe(bootstrapMean(values).lower);
});

it('the default block: cube root, or the overlap, at most a half', () => {
  expect([1000, 100, 3, 1].map((n) => defaultBlockLength(n))).toEqual([10, 5, 1, 1]);
  expect(defaultBlockLength(1000, { horizon: 24 })).toBe(24);
  expect(defaultBlockLength(1000, { horizon: 24, stride: 12 })).toBe(10);
  expect(defaultBlockLength(20, { horizon: 24 })).toBe(10);
});

it('one origin is no evidence', () => {
  expect(bootstrapMean([3, nan])).toMatchObject({ estimate: 3, lower: -Infinity, upper: Infinity });
  expect(bootstrapMean([])).toMatchObject({ estimate: nan, lower: -Infinity, upper: Infinity });
});

it('correlations: unknown pairs are left out, constants have none, ties share ranks', () => {
  expect(pearson([1, 2, nan, 4], [2, 4, 7, nan])).toBeCloseTo(1, 12);
  expect(pearson([1, 2, 3], [5, 5, 5])).toBeNaN();
  expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
  expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1, 12);
  expect(spearman([1, 1, 2], [1, 1, 2])).toBeCloseTo(1, 12);
});

it('the interval of a correlation: overlap chooses the bootstrap, and nothing known is −1 … 1', () => {
  const [a, b] = [autoregression(80, 0.5, 1), autoregression(80, 0.5, 2)];
  expect(correlationInterval(a, b).interval).toBe('fisher');
  expect(correlationInterval(a, b, { horizon: 5, stride: 5 }).interval).toBe('fisher');
  const overlapping = correlationInterval(a, b, { horizon: 5, resamples: 200 });
  expect(overlapping).toMatchObject({ interval: 'block-bootstrap', pairs: 80 });
  expect(overlapping.lower).toBeLessThan(overlapping.estimate);
  expect(correlationInterval(a, b, { horizon: 5, interval: 'fisher' }).interval).toBe('fisher');
  expect(correlationInterval([1, 2, 3], [2, 3, 1])).toMatchObject({ lower: -1, upper: 1 });
  expect(correlationInterval([1, 1, 1, 1, 1], [2, 3, 1, 4, 5])).toMatchObject({ estimate: nan, lower: -1, upper: 1 });
  expect(correlationInterval([1], [1], { interval: 'block-bootstrap' })).toMatchObject({ lower: -1, upper: 1 });
});

const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['losses of two lengths', () => dieboldMariano([1], [1, 2]), /second: expected 1 numbers/],
  ['a horizon of 0', () => dieboldMariano([1], [1], { horizon: 0 }), /horizon: expected an integer >= 1, got 0/],
  ['half a stride', () => dieboldMariano([1, 2], [1, 3], { stride: 0.5 }), /stride: expected an integer/],
  ['another alternative', () => dieboldMariano([1], [1], { alternative: 'less' as never }), /first-better/],
  ['an unknown option', () => dieboldMariano([1], [1], { horizons: 2 } as never), /did you mean 'horizon'/],
  ['a level in percent', () => bootstrapMean([1, 2], { level: 95 }), /between 0 and 1/],
  ['no resamples', () => bootstrapMean([1, 2], { resamples: 0 }), /resamples: expected an integer >= 1/],
  ['a block of 0', () => blockBootstrap(2, () => 1, { blockLength: 0 }), /blockLength/],
  ['another method', () => bootstrapMean([1, 2], { method: 'circular' as never }), /stationary, moving/],
  ['another kind', () => correlationInterval([1], [1], { kind: 'kendall' as never }), /pearson, spearman/],
  ['another interval', () => correlationInterval([1], [1], { interval: 'exact' as never }), /auto, fisher/],
];

it.each(refused)('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: 'ForecastError' }));
});
