import { seriesFromArrays, windows } from '@nt/data';
import { expect, it } from 'vitest';
import { evaluate, naive, type Predictor, rulePredictor, seasonalNaive } from '../src/index.ts';

const day = 86_400_000;
/** Twelve weeks of a weekly pattern with noise; the second series is 1,000 times as large and has a hole. */
const values = (scale: number): number[] =>
  Array.from({ length: 84 }, (_, t) => scale * (10 + 3 * Math.sin((2 * Math.PI * t) / 7) + Math.sin(t * 78.233)));
const set = seriesFromArrays(
  [
    { id: 'small', values: values(1), start: '2026-01-01' },
    { id: 'large', values: values(1000), start: '2026-01-01' },
  ],
  { frequency: 'day' },
);
const horizon = 3;
const last = windows(set, {
  inputSize: 7,
  horizon,
  ranges: { starts: Float64Array.of(56, 56), ends: Float64Array.of(84, 84) },
});

/** Knows what comes, but for an error: +1 in the unit of the first series, alternating between steps. */
const nearly = (error: number): Predictor =>
  rulePredictor('nearly', horizon, ({ values: all, offsets }, series, origin) => {
    const scale = series === 0 ? 1 : 1000;
    return Array.from({ length: horizon }, (_, step) => {
      return all[offsets[series]! + origin + step]! + scale * error * (step === 1 ? -1 : 1);
    });
  });

it('names the windows, their span and the series', async () => {
  const evaluation = await evaluate([naive(horizon)], last);
  expect(evaluation).toMatchObject({ horizon, windows: 52, series: 2, seriesIds: ['small', 'large'], skill: null });
  expect(evaluation.from).toBe(Date.parse('2026-01-01') + 56 * day);
  expect(evaluation.to).toBe(Date.parse('2026-01-01') + 83 * day);
});

it('computes every metric from what came, by step and by series', async () => {
  const { rows } = await evaluate([nearly(0.5)], last, { metrics: ['bias', 'mse', 'rmsse'] });
  const [{ mae, metrics, maeOfStep, maeOfSeries, intervals }] = rows as [(typeof rows)[0]];
  expect(mae).toBeCloseTo((0.5 + 500) / 2, 9);
  expect(metrics.bias).toBeCloseTo(mae / 3, 9);
  expect(metrics.mse).toBeCloseTo((0.25 + 250_000) / 2, 6);
  expect(metrics.coverage).toBeUndefined();
  expect(maeOfStep.map((error) => error / mae)).toEqual([1, 1, 1].map((one) => expect.closeTo(one, 9)));
  expect(maeOfSeries.map((error) => error / 0.5)).toEqual([expect.closeTo(1, 9), expect.closeTo(1000, 6)]);
  expect(intervals).toEqual([]);
});

it('says by how much the first beats the best of the others, and how sure that is', async () => {
  const rivals = [naive(horizon), seasonalNaive(horizon, 7)];
  const { skill, rows } = await evaluate([nearly(0.1), ...rivals], last);
  const best = Math.min(rows[1]!.mae, rows[2]!.mae);
  expect(skill).toMatchObject({ method: 'nearly', against: rows[1]!.mae === best ? 'naive' : 'seasonal naive' });
  expect(skill).toMatchObject({ verdict: 'better' });
  expect(skill!.pValue).toBeLessThan(1e-3);
  expect(skill!.interval![0]).toBeGreaterThan(0.5);
  const [lower, upper] = skill!.interval!;
  expect(skill!.skill).toBeGreaterThan(lower);
  expect(skill!.skill).toBeLessThan(upper);
});

it('the best of the others is so by the error that is compared, which no large series decides alone', async () => {
  const erring = (method: string, small: number, large: number): Predictor =>
    rulePredictor(method, horizon, ({ values: all, offsets }, series, origin) =>
      Array.from(all.subarray(offsets[series]! + origin, offsets[series]! + origin + horizon), (value) => {
        return value + (series === 0 ? small : 1000 * large);
      }),
    );
  const rivals = [erring('good for the large one', 5, 0.4), erring('good for both', 0.2, 0.5)];
  const { skill, rows } = await evaluate([erring('own', 0.3, 0.3), ...rivals], last);
  expect(rows.map(({ mae }) => mae)).toEqual([150.15, 202.5, 250.1].map((mae) => expect.closeTo(mae, 6)));
  expect(skill).toMatchObject({ against: 'good for both', skill: expect.closeTo(1 - 0.6 / 0.7, 6), verdict: 'better' });
});

it('a worse one is worse, an equal one is unclear', async () => {
  const worse = await evaluate([nearly(9), naive(horizon)], last);
  expect(worse.skill).toMatchObject({ verdict: 'worse' });
  const equal = await evaluate([naive(horizon), seasonalNaive(horizon, 1)], last);
  expect(equal.skill).toMatchObject({ skill: 0, verdict: 'unclear' });
});

it('against a rival without error there is no ratio', async () => {
  const constant = seriesFromArrays([{ id: 'c', values: Array(60).fill(42.5), start: '2026-01-01' }], {
    frequency: 'day',
  });
  const { skill, rows } = await evaluate(
    [naive(horizon), seasonalNaive(horizon, 7)],
    windows(constant, { inputSize: 7, horizon }),
  );
  expect(skill).toMatchObject({ skill: null, interval: null, verdict: 'unclear' });
  expect(rows[0]!.mae).toBe(0);
});

it('judges the intervals of those that give quantiles, and the points of the others', async () => {
  const sure: Predictor = {
    ...nearly(0),
    method: 'sure',
    quantiles: 'any',
    predictWindows: async (asked, quantiles = []) => {
      const { point } = await nearly(0).predictWindows(asked);
      return { point, quantiles: quantiles.map((q) => point.map((value) => value + 10 * (q - 0.5))) };
    },
  };
  const { rows } = await evaluate([sure, naive(horizon)], last, { levels: [80], metrics: ['crps', 'pinball'] });
  expect(rows[0]!.intervals).toEqual([
    { level: 80, coverage: 1, width: expect.closeTo(8, 9), winkler: expect.closeTo(8, 9) },
  ]);
  expect(rows[0]!.metrics.crps).toBeGreaterThan(0);
  expect(rows[1]!.intervals).toEqual([]);
  expect(rows[1]!.metrics.crps).toBeUndefined();
  await expect(evaluate([naive(horizon)], last, { levels: [80] })).rejects.toThrow(/gives no quantiles/);
});

it.each([
  [{ metric: ['mae'] }, /no evaluate option 'metric'; did you mean 'metrics'/],
  [{ metrics: ['ma'] }, /no 'ma'; did you mean 'mae'/],
  [{ levels: [0.8, 120] }, /levels: expected numbers of percent/],
  [{ levels: [80], quantiles: [0.5] }, /no quantiles beside them/],
  [{ seasonLength: 0 }, /seasonLength: expected an integer >= 1/],
])('%j is refused', async (options, message) => {
  await expect(evaluate([naive(horizon)], last, options as never)).rejects.toThrow(message);
});
