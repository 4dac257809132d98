import { forecastWindows, type SeriesSet, seriesValues, windows } from '@nt/data';
import { fitRidge, type RidgeOptions } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { hourly, noise, partsOf, setOf } from './made-series.ts';

const options: RidgeOptions = { horizon: 6, lookbacks: [48] };
const values = hourly(600);
const whole = setOf([{ id: 'a', values }]);

/** Mean squared error over the test part of the whole series. */
async function errorWith(set: SeriesSet, more: Partial<RidgeOptions> = {}): Promise<number> {
  const fitted = await fitRidge(set, partsOf(set), { ...options, ...more });
  const judged = windows(whole, { inputSize: 1, horizon: 6, ranges: partsOf(whole).test });
  const found = await fitted.forecastWindows(judged);
  const all = found.map((value, i) => {
    const { origin } = judged.locate(Math.floor(i / 6));
    return (value - seriesValues(whole, 0)[origin + (i % 6)]!) ** 2;
  });
  return all.reduce((a, b) => a + b, 0) / all.length;
}

const withGaps = (isMissing: (t: number) => boolean): SeriesSet =>
  setOf([{ id: 'a', values: values.map((value, t) => (isMissing(t) ? Number.NaN : value)) }]);

describe('missing values', () => {
  it('cost little when they are few, wherever they are', async () => {
    const best = await errorWith(whole);
    const random = noise(9);
    const scattered = Float64Array.from({ length: 600 }, random);
    expect(await errorWith(withGaps((t) => scattered[t]! < -0.47))).toBeLessThan(3 * best);
    expect(await errorWith(withGaps((t) => t >= 100 && t < 160))).toBeLessThan(1.5 * best);
    expect(await errorWith(withGaps((t) => t < 40))).toBeLessThan(1.5 * best);
  });

  it('an outage is not learned from: its windows are left out', async () => {
    const outage = withGaps((t) => t >= 200 && t < 300);
    const fitted = await fitRidge(outage, partsOf(outage), { ...options, keepEquations: true, halfLives: [Infinity] });
    const learned = fitted.equations!.shared.get(null)!.matrix.at(-1);
    // Origins 48 … 414, less those with 2 of 6 targets (196 … 298) or 10 of 48 steps before (210 … 338) missing.
    expect(learned).toBe(414 - 48 + 1 - (338 - 196 + 1));
  });

  it('forecasts are numbers when the last values are missing, or all of the look-back', async () => {
    const fitted = await fitRidge(whole, partsOf(whole), options);
    for (const from of [598, 500, 1]) {
      const set = withGaps((t) => t >= from);
      const found = await fitted.forecastWindows(forecastWindows(set, { inputSize: 1, horizon: 6 }));
      expect([...found].every(Number.isFinite)).toBe(true);
    }
  });

  it('minimumAvailability lets windows with more gaps in, and is named when none is left', async () => {
    const half = withGaps((t) => t % 2 === 1);
    await expect(errorWith(half)).rejects.toThrow(/part has no window of 6 target steps .* minimumAvailability/);
    expect(await errorWith(half, { minimumAvailability: 0.5 })).toBeLessThan(4);
  });

  it('covariates without a value count as their mean', async () => {
    const length = 612;
    const known = Float64Array.from({ length }, noise(2));
    const holes = known.map((value, t) => (t % 50 === 0 ? Number.NaN : value));
    const set = setOf([{ id: 'a', values: values.slice(0, 600), future: { known: holes } }]);
    const fitted = await fitRidge(set, partsOf(set), options);
    const found = await fitted.forecastWindows(forecastWindows(set, { inputSize: 1, horizon: 6 }));
    expect([...found].every(Number.isFinite)).toBe(true);
  });
});
