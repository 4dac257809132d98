import { addCalendar, forecastWindows, type SeriesSet, seriesValues, type TimeSplit, windows } from '@nt/data';
import { fitRidge, type RidgeOptions } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { goldenRidge } from './golden-ridge.ts';
import { largestDifference } from './largest-difference.ts';
import { hourly, noise, partsOf, setOf } from './made-series.ts';
import { recovered, sums } from './tolerances.ts';

const small: RidgeOptions = { horizon: 12, lookbacks: [24, 48], season: 24 };

/** Forecasts behind the end of each series. */
async function ahead(
  set: SeriesSet,
  options: RidgeOptions = small,
  split: TimeSplit = partsOf(set),
): Promise<Float64Array> {
  const fitted = await fitRidge(set, split, options);
  return fitted.forecastWindows(forecastWindows(set, { inputSize: 1, horizon: options.horizon }));
}

/** Mean squared error over the test part. */
async function testError(set: SeriesSet, options: RidgeOptions): Promise<number> {
  const { test, ...split } = partsOf(set);
  const fitted = await fitRidge(set, { ...split, test }, options);
  const { horizon } = options;
  const judged = windows(set, { inputSize: 1, horizon, ranges: test });
  const found = await fitted.forecastWindows(judged);
  let sum = 0;
  for (let window = 0; window < judged.count; window++) {
    const { series, origin } = judged.locate(window);
    for (let h = 0; h < horizon; h++) {
      sum += (found[window * horizon + h]! - seriesValues(set, series)[origin + h]!) ** 2;
    }
  }
  return sum / found.length;
}

describe('fitRidge', () => {
  it('is what numpy gives: two series, covariates, two centres, a half-life and an intercept', async () => {
    const golden = goldenRidge.windows;
    const { train, horizon } = golden;
    const set = setOf(
      golden.values.map((values, series) => ({
        id: `series ${series}`,
        values,
        historic: { past: golden.historic[series]! },
        future: { known: golden.future[series]! },
      })),
    );
    const ranges = (from: number, to: number) => ({
      starts: Float64Array.of(from, from),
      ends: Float64Array.of(to, to),
    });
    const split = { train: ranges(0, train), validation: ranges(train, 90), test: ranges(90, 90), strict: false };
    const found = await ahead(
      set,
      {
        horizon,
        lookbacks: [golden.lookback],
        centres: ['last', 'season-mean'],
        season: golden.season,
        lambdas: [golden.lam],
        intercept: true,
        covariateLookback: golden.covariateLookback,
        tolerance: 1e9,
        halfLives: [golden.halfLife],
        matrices: 'shared',
      },
      split,
    );
    expect(largestDifference(found, golden.forecasts.flat())).toBeLessThan(sums);
  });

  it('forecasts series in another unit in that unit', async () => {
    const values = hourly(400);
    const plain = await ahead(setOf([{ id: 'a', values }]));
    const other = await ahead(setOf([{ id: 'a', values: values.map((value) => 1000 - 7 * value) }]));
    expect(
      largestDifference(
        other,
        plain.map((value) => 1000 - 7 * value),
      ),
    ).toBeLessThan(sums);
  });

  it('continues a linear recurrence without noise', async () => {
    const values = Float64Array.from({ length: 300 }, (_, t) => 4 + Math.sin(t / 3) + 0.5 * Math.cos(t / 7) + 0.01 * t);
    const whole = setOf([{ id: 'a', values }]);
    const set = setOf([{ id: 'a', values: values.slice(0, 280) }]);
    const options: RidgeOptions = { horizon: 8, lookbacks: [12], season: 1, lambdas: [1e-11], intercept: true };
    const found = await ahead(set, options);
    expect(largestDifference(found, seriesValues(whole, 0).slice(280, 288))).toBeLessThan(recovered);
  });

  it.each([
    ['the last value', 'last', 1],
    ['the mean of the last season', 'season-mean', 24],
  ] as const)('gives %s when λ is huge', async (_, centre, steps) => {
    const set = setOf([{ id: 'a', values: hourly(400) }]);
    const found = await ahead(set, { ...small, centres: [centre], lambdas: [1e15] });
    const mean = Array.from(seriesValues(set, 0).slice(-steps)).reduce((a, b) => a + b, 0) / steps;
    for (const value of found) expect(value).toBeCloseTo(mean, 8);
  });

  it('reads nothing of the target at or behind an origin', async () => {
    const values = hourly(400);
    const set = setOf([{ id: 'a', values }]);
    const changed = setOf([{ id: 'a', values: values.map((value, t) => (t < 380 ? value : 1e6)) }]);
    const fitted = await fitRidge(set, partsOf(set), small);
    const ranges = { starts: Float64Array.of(380), ends: Float64Array.of(392) };
    const forecast = (of: SeriesSet) => fitted.forecastWindows(windows(of, { inputSize: 1, horizon: 12, ranges }));
    expect(await forecast(changed)).toEqual(await forecast(set));
  });

  it('takes the same part of a split whatever comes behind it', async () => {
    const values = hourly(400);
    const set = setOf([{ id: 'a', values }]);
    const { test } = partsOf(set);
    const changed = setOf([{ id: 'a', values: values.map((value, t) => (t < test.starts[0]! ? value : -value)) }]);
    const [one, two] = [await fitRidge(set, partsOf(set), small), await fitRidge(changed, partsOf(changed), small)];
    expect(two.matrices.shared).toEqual(one.matrices.shared);
  });

  it('uses covariates that are known ahead, historic ones, the calendar and static ones', async () => {
    const random = noise(3);
    const length = 700;
    const known = Float64Array.from({ length: length + 2 }, random);
    const early = Float64Array.from({ length }, random);
    const values = hourly(length).map((value, t) => value + 20 * known[t]! + 20 * (early[t - 1] ?? 0));
    const near: RidgeOptions = { horizon: 2, lookbacks: [24], covariateLookback: 1 };
    const error = (extra: object) => testError(setOf([{ id: 'a', values, ...extra }]), near);
    const without = await error({});
    const withKnown = await error({ future: { known } });
    expect(withKnown).toBeLessThan(0.7 * without);
    expect(await error({ future: { known }, historic: { early } })).toBeLessThan(0.7 * withKnown);

    const wave = (t: number): number => 3 * Math.sin((2 * Math.PI * t) / 24) + 6 * random();
    const days = setOf([{ id: 'a', values: Float64Array.from({ length }, (_, t) => wave(t)) }]);
    const short: RidgeOptions = { horizon: 4, lookbacks: [2], centres: ['last'], covariateLookback: 0 };
    const calendar = addCalendar(days, { features: ['hourOfDay'], horizon: 4 });
    expect(await testError(calendar, short)).toBeLessThan(0.9 * (await testError(days, short)));

    const drifting = (sign: number) => Float64Array.from({ length }, (_, t) => sign * t * 0.1 + 5 * random());
    const both = (extra: (sign: number) => object) =>
      testError(setOf([-1, 1].map((sign) => ({ id: `${sign}`, values: drifting(sign), ...extra(sign) }))), {
        horizon: 12,
        lookbacks: [2],
        centres: ['last'],
        matrices: 'shared',
      });
    expect(await both((sign) => ({ static: { sign } }))).toBeLessThan(0.995 * (await both(() => ({}))));
  });

  it('scales by the train part of each series, so that a large series does not drown a small one', async () => {
    const twins = setOf([
      { id: 'small', values: hourly(400) },
      { id: 'large', values: hourly(400).map((value) => value * 1e6) },
    ]);
    const found = await ahead(twins, { ...small, matrices: 'shared' });
    expect(
      largestDifference(
        found.slice(12),
        found.slice(0, 12).map((value) => value * 1e6),
      ),
    ).toBeLessThan(sums);
  });

  it('forecasts a series that it has not seen, scaled by what came before', async () => {
    const known = setOf([{ id: 'a', values: hourly(400) }]);
    const other = setOf([{ id: 'new', values: hourly(400).map((value) => 3 + 100 * value) }]);
    const fitted = await fitRidge(known, partsOf(known), small);
    const at = (set: SeriesSet) => fitted.forecastWindows(forecastWindows(set, { inputSize: 1, horizon: 12 }));
    const [own, unseen] = [await at(known), await at(other)];
    expect(
      largestDifference(
        unseen,
        own.map((value) => 3 + 100 * value),
      ),
    ).toBeLessThan(1e-2);
  });
});
