import { forecastWindows, type SeriesSet, type StepRanges } from '@nt/data';
import { fitRidge, type LinearError, loadRidge, type RidgeOptions, saveRidge } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { largestDifference } from './largest-difference.ts';
import { hourly, partsOf, setOf } from './made-series.ts';
import { sums } from './tolerances.ts';

const gap = (t: number): boolean => t > 150 && t < 165;
const seriesOf = (length: number): SeriesSet =>
  setOf([
    {
      id: 'a',
      values: hourly(length, 1).map((value, t) => (gap(t) ? Number.NaN : value)),
      future: { hour: hourly(length, 3) },
    },
    { id: 'b', values: hourly(length, 2), future: { hour: hourly(length, 4) } },
  ]);
const old = seriesOf(500);
const newer = seriesOf(560);
const options: RidgeOptions = {
  horizon: 6,
  lookbacks: [24],
  matrices: 'each',
  covariateLookback: 2,
  weights: [1, 3],
  intercept: true,
  tolerance: 1e9,
  keepEquations: true,
};
const range = (start: number, end: number): StepRanges => ({
  starts: Float64Array.of(start, start),
  ends: Float64Array.of(end, end),
});

describe('roll', () => {
  it.each([
    ['adds what is new', range(0, 560)],
    ['takes away what is old', range(100, 350)],
    ['does both', range(160, 540)],
    ['keeps nothing of what was', range(360, 560)],
  ])('%s: as a refit to those windows', async (_, ranges) => {
    const fitted = await fitRidge(old, partsOf(old), options);
    const rolled = await fitted.roll(newer, ranges);
    const refitted = await fitted.refit(newer, ranges);
    expect(largestDifference(rolled.matrices.shared, refitted.matrices.shared)).toBeLessThan(sums);
    for (const id of ['a', 'b']) {
      expect(largestDifference(rolled.matrices.own.get(id)!, refitted.matrices.own.get(id)!)).toBeLessThan(sums);
      expect(largestDifference(rolled.matrices.own.get(id)!, fitted.matrices.own.get(id)!)).toBeGreaterThan(1e-4);
    }
    expect(rolled.state).toEqual(refitted.state);
  });

  it('goes on day by day, and from a file, as one step does', async () => {
    let daily = await fitRidge(old, partsOf(old), options);
    const direct = await daily.roll(newer, range(120, 470));
    for (let day = 1; day <= 5; day++) {
      const { state, arrays } = saveRidge(daily);
      daily = await loadRidge({ state: JSON.parse(JSON.stringify(state)), arrays }).roll(
        newer,
        range(24 * day, 350 + 24 * day),
      );
    }
    expect(largestDifference(daily.matrices.shared, direct.matrices.shared)).toBeLessThan(sums);
  });

  it('leaves the model that it starts from as it was', async () => {
    const fitted = await fitRidge(old, partsOf(old), options);
    const before = fitted.equations!.shared.get(null)!.matrix.slice();
    await fitted.roll(newer, range(100, 500));
    expect(fitted.equations!.shared.get(null)!.matrix).toEqual(before);
  });

  it('a refit to the windows of the fit is the fit', async () => {
    const fitted = await fitRidge(old, partsOf(old), { ...options, keepEquations: false });
    expect((await fitted.refit(old, partsOf(old).train)).matrices).toEqual(fitted.matrices);
  });

  it('refuses without equations, and other series', async () => {
    const plain = await fitRidge(old, partsOf(old), { ...options, keepEquations: false });
    const codeOf = (error: LinearError): string => error.code;
    expect(await plain.roll(newer, range(0, 500)).catch(codeOf)).toBe('linear/no-equations');
    const kept = await fitRidge(old, partsOf(old), options);
    const one = setOf([{ id: 'a', values: hourly(500), future: { hour: hourly(500) } }]);
    expect(await kept.roll(one, { starts: Float64Array.of(0), ends: Float64Array.of(400) }).catch(codeOf)).toBe(
      'linear/shape',
    );
    const bare = setOf([
      { id: 'a', values: hourly(500) },
      { id: 'b', values: hourly(500) },
    ]);
    await expect(kept.roll(bare, range(0, 400))).rejects.toThrow(/future covariates: hour; the data has: none/);
  });
});

describe('saveRidge and loadRidge', () => {
  it('give back a model that forecasts the same bits', async () => {
    const fitted = await fitRidge(old, partsOf(old), { ...options, keepEquations: false });
    const { state, arrays } = saveRidge(fitted);
    expect(Object.keys(arrays)).toEqual(['shared.weight', 'series.0.weight', 'series.1.weight']);
    const loaded = loadRidge({ state: JSON.parse(JSON.stringify(state)), arrays });
    const ahead = forecastWindows({ ...old, future: null }, { inputSize: 1, horizon: 6 });
    const asked = { ...ahead, set: old };
    expect(await loaded.forecastWindows(asked)).toEqual(await fitted.forecastWindows(asked));
    expect([loaded.horizon, loaded.lookback, loaded.equations]).toEqual([6, 24, null]);
  });

  it('refuse files that are not whole', async () => {
    const { state, arrays } = saveRidge(await fitRidge(old, partsOf(old), options));
    const { 'shared.weight': shared, ...rest } = arrays;
    expect(() => loadRidge({ state, arrays: rest })).toThrow(
      /array 'shared.weight': expected float64 \[33,6\], found none/,
    );
    expect(() => loadRidge({ state, arrays: { ...rest, 'shared.weight': { ...shared!, shape: [6, 33] } } })).toThrow(
      /found float64 \[6,33\]/,
    );
    expect(() => loadRidge({ state: { ...state, version: 2 } as never, arrays })).toThrow(/version 2/);
  });
});
