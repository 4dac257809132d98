import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import {
  adaptiveConformal,
  conformalizeQuantiles,
  fitConformalQuantiles,
  fitSplitConformal,
  rollingConformal,
  scoresNeeded,
  splitConformalInterval,
} from '../src/calibration/index.ts';
import { normalQuantile } from '../src/statistics/normal.ts';

const normals = (seed: number): (() => number) => {
  const random = xoroshiro128plus(seed);
  return () => normalQuantile(uniformFloat64(random) * 0.999998 + 1e-6);
};
const isInside = (y: number, { lower, upper }: { lower: Float64Array; upper: Float64Array }, i = 0): number =>
  Number(y >= lower[i]! && y <= upper[i]!);

/** 4.5 standard deviations of a share of `trials`: one false alarm in 150,000, and the seeds are fixed. */
const bound = (share: number, trials: number): number => 4.5 * Math.sqrt((share * (1 - share)) / trials);

const calibration = fc.record({
  windows: fc.integer({ min: 20, max: 60 }),
  level: fc.constantFrom(0.5, 0.8, 0.9, 0.95),
  seed: fc.integer({ min: 1, max: 1e6 }),
});
const trials = 1500;

it('split conformal: a new exchangeable value is covered as often as the ranks say', () => {
  fc.assert(
    fc.property(calibration, fc.boolean(), ({ windows, level, seed }, isScaled) => {
      const draw = normals(seed);
      let covered = 0;
      for (let trial = 0; trial < trials; trial++) {
        const scales = Float64Array.from({ length: windows + 1 }, () => Math.exp(draw()));
        const values = Float64Array.from(scales, (scale) => draw() * scale);
        const used = isScaled ? { scales: scales.subarray(0, windows) } : {};
        const actual = values.subarray(0, windows);
        const state = fitSplitConformal({ actual, forecast: new Float64Array(windows), horizon: 1, ...used });
        const next = isScaled ? { scales: scales.subarray(windows) } : {};
        covered += isInside(values[windows]!, splitConformalInterval(state, [0], { level, ...next }));
      }
      const expected = Math.ceil((windows + 1) * level - 1e-9) / (windows + 1);
      expect(expected).toBeGreaterThanOrEqual(level - 1e-12);
      expect(Math.abs(covered / trials - expected)).toBeLessThan(bound(expected, trials));
    }),
    { numRuns: 12, seed: 1 },
  );
});

it('conformalised quantiles: the same promise, whether the quantiles are too narrow or too wide', () => {
  fc.assert(
    fc.property(calibration, fc.constantFrom(0.2, 3), ({ windows, level, seed }, reach) => {
      const draw = normals(seed);
      let covered = 0;
      for (let trial = 0; trial < trials; trial++) {
        const centre = Float64Array.from({ length: windows + 1 }, draw);
        const actual = centre.map((value) => value + draw());
        const lower = centre.map((value) => value - reach);
        const upper = centre.map((value) => value + reach);
        const part = (values: Float64Array): Float64Array => values.subarray(0, windows);
        const state = fitConformalQuantiles({
          actual: part(actual),
          lower: part(lower),
          upper: part(upper),
          horizon: 1,
          level,
        });
        const ends = { lower: lower.subarray(windows), upper: upper.subarray(windows) };
        covered += isInside(actual[windows]!, conformalizeQuantiles(state, ends));
      }
      const expected = Math.ceil((windows + 1) * level - 1e-9) / (windows + 1);
      expect(Math.abs(covered / trials - expected)).toBeLessThan(bound(expected, trials));
    }),
    { numRuns: 8, seed: 2 },
  );
});

it('split conformal: a higher level is never narrower, and each step has a radius of its own', () => {
  const errors = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 40, maxLength: 80 });
  const level = fc.double({ min: 0.01, max: 0.94, noNaN: true });
  fc.assert(
    fc.property(errors, level, level, (list, one, other) => {
      const actual = list.slice(0, 2 * Math.floor(list.length / 2));
      const state = fitSplitConformal({ actual, forecast: actual.map(() => 0), horizon: 2 });
      const at = (value: number): Float64Array =>
        splitConformalInterval(state, [0, 0], { level: value, tooFew: 'infinite' }).upper;
      const [narrow, wide] = [at(Math.min(one, other)), at(Math.max(one, other))];
      for (const step of [0, 1]) {
        expect(wide[step]!).toBeGreaterThanOrEqual(narrow[step]!);
        expect(state.scores[step]).toContain(narrow[step]!);
      }
    }),
  );
});

it('a level needs just as many scores as scoresNeeded says', () => {
  for (const level of [0.5, 0.8, 0.9, 0.95, 0.99]) {
    const fit = (count: number) =>
      fitSplitConformal({ actual: new Float64Array(count), forecast: new Float64Array(count), horizon: 1 });
    const needed = scoresNeeded(level);
    expect(splitConformalInterval(fit(needed), [0], { level }).infinite).toBe(0);
    expect(() => splitConformalInterval(fit(needed - 1), [0], { level })).toThrow(`needs ${needed} calibration values`);
  }
});

/** A walk through quiet and wild times, which no fixed radius covers. */
const regimes = (count: number, seed: number): Float64Array => {
  const draw = normals(seed);
  return Float64Array.from({ length: count }, (_, t) => draw() * (Math.floor(t / 250) % 2 === 0 ? 1 : 6));
};

it('adaptive conformal: the share covered is within its bound for any series', () => {
  const series = fc.oneof(
    fc.integer({ min: 1, max: 1e6 }).map((seed) => regimes(2000, seed)),
    fc.integer({ min: 1, max: 1e6 }).map((seed) => regimes(2000, seed).map((value, t) => value * (1 + t / 100))),
  );
  const rates = fc.constantFrom(0.01, 0.05);
  fc.assert(
    fc.property(series, rates, fc.constantFrom(0.8, 0.9), (actual, learningRate, level) => {
      const conformal = adaptiveConformal({ level, horizon: 1, learningRate });
      let covered = 0;
      for (const value of actual) {
        const interval = conformal.interval([0]);
        covered += isInside(value, interval);
        conformal.observe({ step: 0, actual: value, point: 0, lower: interval.lower[0]!, upper: interval.upper[0]! });
      }
      const off = (Math.max(level, 1 - level) + learningRate) / (learningRate * actual.length);
      expect(Math.abs(covered / actual.length - level)).toBeLessThanOrEqual(off + 1e-12);
    }),
    { numRuns: 20, seed: 3 },
  );
});

it('rolled over a backtest it covers where split conformal, fitted in quiet times, does not', () => {
  const horizon = 6;
  const windows = 1200;
  const series = regimes(windows + horizon, 5).map((value, t) => (t < 250 ? value : value * 3));
  const origins = Array.from({ length: windows }, (_, w) => w);
  const actual = Float64Array.from(
    { length: windows * horizon },
    (_, i) => series[Math.floor(i / horizon) + (i % horizon)]!,
  );
  const forecast = new Float64Array(actual.length);
  const share = (interval: { lower: Float64Array; upper: Float64Array }): number =>
    actual.reduce((sum, y, i) => sum + isInside(y, interval, i), 0) / actual.length;
  const quiet = 200 * horizon;
  const split = fitSplitConformal({
    actual: actual.subarray(0, quiet),
    forecast: forecast.subarray(0, quiet),
    horizon,
  });
  const rolled = rollingConformal({ actual, forecast, origins }, { level: 0.9, horizon, learningRate: 0.05 });
  expect(share(splitConformalInterval(split, forecast, { level: 0.9 }))).toBeLessThan(0.6);
  expect(share(rolled)).toBeGreaterThan(0.88);
  expect(share(rolled)).toBeLessThan(0.93);
});
