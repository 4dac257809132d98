import { forecastWindows, splitByTime, type TimeSplit } from '@nt/data';
import { type FittedRidge, fitRidge, LinearError, type RidgeOptions } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { largestDifference } from './largest-difference.ts';
import { hourly, noise, partsOf, setOf } from './made-series.ts';
import { sums } from './tolerances.ts';

const small: RidgeOptions = { horizon: 12, lookbacks: [24, 48] };
const set = setOf([
  { id: 'a', values: hourly(500, 1) },
  { id: 'b', values: hourly(500, 2) },
]);
const fit = (options: Partial<RidgeOptions> = {}, of = set, split: TimeSplit = partsOf(of)): Promise<FittedRidge> =>
  fitRidge(of, split, { ...small, ...options });
const lookbacksOf = ({ state }: FittedRidge) => [...new Set(state.choice.shared.map(({ lookback }) => lookback))];

describe('options of fitRidge', () => {
  it('lookbacks: the given ones, or a grid from two seasons on', async () => {
    expect(lookbacksOf(await fit({ tolerance: 1e9 }))).toEqual([24, 48]);
    expect(lookbacksOf(await fit({ tolerance: 1e9, lookbacks: undefined }))).toEqual([48, 72, 108, 162, 243]);
    const short = setOf([{ id: 'a', values: hourly(80) }]);
    expect(lookbacksOf(await fit({ tolerance: 1e9, lookbacks: undefined }, short))).toEqual([24]);
  });

  it('tolerance: 0 keeps one candidate, more keep more', async () => {
    expect((await fit({ tolerance: 0 })).state.choice.shared).toHaveLength(1);
    expect((await fit({ tolerance: 1e9 })).state.choice.shared).toHaveLength(8);
  });

  it('centres, season and half-lives make the candidates', async () => {
    const { choice } = (await fit({ tolerance: 1e9, centres: ['season-mean'], season: 7, halfLives: [100, Infinity] }))
      .state;
    expect(choice.shared.map(({ centreSteps }) => centreSteps)).toEqual([7, 7, 7, 7]);
    expect(choice.shared.map(({ halfLife }) => halfLife)).toEqual([100, 100, null, null]);
    const usual = (await fit({ tolerance: 1e9, lookbacks: [24] })).state.choice.shared;
    expect(usual.map(({ centreSteps }) => centreSteps)).toEqual([1, 24, 1, 24]);
    expect(usual.map(({ halfLife }) => halfLife)).toEqual([null, null, 117, 117]);
  });

  it('lambdas: validation takes one of them', async () => {
    const { choice } = (await fit({ lambdas: [1e-8, 1e-3, 1e6], tolerance: 0 })).state;
    expect(choice.shared[0]!.lambda).toBe(1e-3);
  });

  it('intercept: what rises goes on rising although λ is huge', async () => {
    const line = setOf([{ id: 'a', values: Float64Array.from({ length: 200 }, (_, t) => t) }]);
    const forecast = async (intercept: boolean) => {
      const fitted = await fit({ intercept, lambdas: [1e12], centres: ['last'], lookbacks: [3] }, line);
      return (await fitted.forecastWindows(forecastWindows(line, { inputSize: 1, horizon: 12 })))[11]!;
    };
    expect(await forecast(true)).toBeCloseTo(211, 6);
    expect(await forecast(false)).toBeCloseTo(199, 6);
  });

  it('matrices: one for all, one each, or what validation says', async () => {
    const random = noise(5);
    const differing = setOf(
      [1, -1].map((sign) => {
        const values = new Float64Array(3000);
        for (let t = 1; t < values.length; t++) values[t] = 0.9 * sign * values[t - 1]! + random();
        return { id: `sign ${sign}`, values };
      }),
    );
    const options: Partial<RidgeOptions> = { lookbacks: [4], centres: ['last'], horizon: 3 };
    const seriesOf = async (matrices: 'auto' | 'shared' | 'each', of = differing) =>
      Object.keys((await fit({ ...options, matrices }, of)).state.choice.series);
    expect(await seriesOf('auto')).toEqual(['sign 1', 'sign -1']);
    expect(await seriesOf('shared')).toEqual([]);
    expect(await seriesOf('each')).toEqual(['sign 1', 'sign -1']);
    const alike = setOf([
      { id: 'a', values: hourly(3000) },
      { id: 'b', values: hourly(3000) },
    ]);
    expect(await seriesOf('auto', alike)).toEqual([]);
  });

  it('weights: a series of weight 2 is that series twice, and one of weight 0 none', async () => {
    const single = { matrices: 'shared', halfLives: [Infinity] } as const;
    const [a, b] = [hourly(500, 1), hourly(500, 2)];
    const twice = setOf([
      { id: 'a', values: a },
      { id: 'again', values: a },
      { id: 'b', values: b },
    ]);
    const weighted = await fit({ ...single, weights: [2, 1] });
    expect(largestDifference(weighted.matrices.shared, (await fit(single, twice)).matrices.shared)).toBeLessThan(sums);
    const alone = await fit({ ...single, weights: [0, 1] });
    const only = await fit(single, setOf([{ id: 'b', values: b }]));
    expect(largestDifference(alone.matrices.shared, only.matrices.shared)).toBeLessThan(sums);
  });

  it('scaler: without one a model is not the same for data in another unit', async () => {
    expect((await fit({ scaler: 'none' })).state.scaler).toMatchObject({ kind: 'none' });
    expect((await fit({ scaler: 'robust' })).state.scaler).toMatchObject({ kind: 'robust' });
  });

  it('refit: learns from the validation part as well, choices as they are', async () => {
    const [plain, again] = [await fit(), await fit({ refit: true })];
    expect(again.state.choice).toEqual(plain.state.choice);
    expect(again.state.learned.ends).toEqual([425, 425]);
    expect(plain.state.learned.ends).toEqual([350, 350]);
    expect(largestDifference(again.matrices.shared, plain.matrices.shared)).toBeGreaterThan(1e-3);
  });

  it('without a validation part the last fifth chooses, and everything is learned from', async () => {
    const split = splitByTime(set, { test: 0.2 });
    const fitted = await fit({}, set, split);
    const chosen = await fit({ refit: true }, set, splitByTime(set, { train: 320, validation: 80, test: 100 }));
    expect(fitted.state.choice).toEqual(chosen.state.choice);
    expect(fitted.state.learned.ends).toEqual([400, 400]);
  });

  it('a strict split: inputs lie in their part as well', async () => {
    const split = splitByTime(set, { validation: 0.15, test: 0.15, strict: true });
    const plain = await fit({ lookbacks: [24] }, set, { ...split, strict: false });
    const strict = await fit({ lookbacks: [24] }, set, split);
    expect(strict.state.choice).not.toEqual(plain.state.choice);
    await expect(fit({ lookbacks: [70] }, set, split)).rejects.toThrow(/validation part has no window/);
    await fit({ lookbacks: [70] }, set, { ...split, strict: false });
  });

  it.each([
    ['an unknown key', { lookback: [24] }, 'linear/unknown-option', /'lookback'; did you mean 'lookbacks'/],
    ['a horizon of 0', { horizon: 0 }, 'linear/option', /horizon: expected a whole number of at least 1/],
    ['no look-back', { lookbacks: [] }, 'linear/option', /lookbacks/],
    ['a look-back below the season', { lookbacks: [12] }, 'linear/option', /at least one season \(24 time steps\)/],
    ['an unknown centre', { centres: ['mean'] }, 'linear/option', /'last', 'season-mean'/],
    ['a season of half a step', { season: 0.5 }, 'linear/option', /season/],
    ['λ of 0', { lambdas: [0] }, 'linear/option', /lambdas/],
    ['an unknown kind of matrices', { matrices: 'own' }, 'linear/option', /"auto" or "shared" or "each"/],
    ['a negative tolerance', { tolerance: -1 }, 'linear/option', /tolerance/],
    ['a half-life of 0', { halfLives: [0] }, 'linear/option', /halfLives/],
    ['weights for other series', { weights: [1] }, 'linear/option', /for each of 2 series/],
    ['an unknown scaler', { scaler: 'std' }, 'linear/option', /scaler/],
    ['a share above 1', { minimumAvailability: 2 }, 'linear/option', /minimumAvailability/],
    ['a word for a switch', { refit: 'yes' }, 'linear/option', /refit/],
    ['a covariate look-back below 0', { covariateLookback: -1 }, 'linear/option', /covariateLookback/],
    ['more columns than memory has', { lookbacks: [4096], centres: ['last'] }, 'linear/too-few-windows', /4096 \+ 12/],
    ['a look-back longer than the data', { lookbacks: [600] }, 'linear/too-few-windows', /found 0\. Give more data/],
  ])('refuses %s', async (_, wrong, code, message) => {
    const failing = fit(wrong as never);
    await expect(failing).rejects.toThrow(message);
    expect(await failing.catch((error) => LinearError.isInstance(error) && error.code)).toBe(code);
  });

  it('refuses the split of another set', async () => {
    const one = setOf([{ id: 'a', values: hourly(500) }]);
    await expect(fit({}, set, partsOf(one))).rejects.toThrow(/split: expected a split of this set \(2 series\)/);
  });

  it('refuses more columns than can be solved in reasonable time', async () => {
    const long = setOf([{ id: 'a', values: hourly(10_000) }]);
    await expect(fit({ lookbacks: [5000] }, long)).rejects.toThrow(/at most 4096 columns, found 5012/);
  });
});
