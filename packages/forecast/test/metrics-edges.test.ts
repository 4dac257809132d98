import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  checkMetricNames,
  computeMetric,
  coverage,
  crps,
  crpsFromSamples,
  directionalAccuracy,
  type MetricInput,
  type MetricName,
  mae,
  mape,
  mase,
  metricCatalogue,
  metricNames,
  pinball,
  r2,
  rmsse,
  smape,
  wape,
  weightedQuantileLoss,
  winkler,
} from '../src/metrics/index.ts';
import { normalQuantile } from '../src/statistics/normal.ts';

const nan = Number.NaN;
const input = (actual: number[], point: number[], others: Partial<MetricInput> = {}): MetricInput => ({
  actual,
  point,
  quantiles: { levels: [0.1, 0.9], values: point.flatMap((f) => [f - 1, f + 1]) },
  interval: { lower: point.map((f) => f - 1), upper: point.map((f) => f + 1), level: 0.8 },
  maseScale: 2,
  rmsseScale: 4,
  previous: actual.map((y) => y - 1),
  ...others,
});

it.each(metricNames)('%s of nothing is NaN: no value, all masked, all unknown, all of weight 0', (name) => {
  expect(computeMetric(name, input([], []))).toBeNaN();
  expect(computeMetric(name, input([1, 2], [1, 3], { mask: [0, false] }))).toBeNaN();
  expect(computeMetric(name, input([nan, nan], [1, 3]))).toBeNaN();
  expect(computeMetric(name, input([1, 2], [1, 3], { weights: [0, 0] }))).toBeNaN();
});

it.each(metricNames)('%s of a forecast that failed is NaN, and what is masked does not matter', (name) => {
  const failed = input([1, 2, 4], [1.5, nan, 3]);
  expect(computeMetric(name, failed)).toBeNaN();
  const masked = computeMetric(name, { ...failed, mask: [1, 0, 1] });
  expect(masked).toBe(computeMetric(name, input([1, 4], [1.5, 3])));
});

it.each(metricNames)('%s: a weight of 2 is the value told twice', (name) => {
  const once = computeMetric(name, input([1, 2, 4], [1.5, 1, 3], { weights: [2, 1, 1] }));
  expect(once).toBeCloseTo(computeMetric(name, input([1, 1, 2, 4], [1.5, 1.5, 1, 3])), 12);
});

it.each(metricNames.flatMap((name) => metricCatalogue[name].needs.map((need) => [name, need] as const)))(
  '%s says that it needs %s',
  (name, need) => {
    expect(() => computeMetric(name, { ...input([1], [1]), [need]: undefined })).toThrow(`the input has no ${need}`);
  },
);

/** `better` is checked: a worse forecast must have the worse number. */
it.each(metricNames)('%s: the catalogue tells which way is better', (name) => {
  const good = computeMetric(name, input([1, 2, 4], [1.1, 2.1, 4.1]));
  const bad = computeMetric(name, input([1, 2, 4], [-3, -7, 0]));
  const { better } = metricCatalogue[name];
  if (name === 'intervalWidth') expect(good).toBeCloseTo(bad, 12);
  else if (better === 'zero' || better === 'smaller') expect(Math.abs(good)).toBeLessThan(Math.abs(bad));
  else expect(good).toBeGreaterThan(bad);
});

const zeroDenominators: readonly (readonly [string, number, number])[] = [
  ['mape, 0 hit', mape([0], [0]), 0],
  ['mape, 0 missed', mape([0, 1], [1, 1]), Infinity],
  ['smape, both 0', smape([0], [0]), 0],
  ['wape, all 0 hit', wape([0], [0]), nan],
  ['wape, all 0 missed', wape([0], [1]), Infinity],
  ['mase, scale 0 hit', mase([1], [1], { scale: 0 }), nan],
  ['mase, scale 0 missed', mase([1], [2], { scale: 0 }), Infinity],
  ['rmsse, scale 0 missed', rmsse([1], [2], { scale: 0 }), Infinity],
  ['mase, scale unknown', mase([1], [2], { scale: nan }), nan],
  ['r2, all alike', r2([3, 3], [3, 4]), nan],
  ['weightedQuantileLoss, all 0 missed', weightedQuantileLoss([0], [1], { levels: [0.5] }), Infinity],
  ['directionalAccuracy, no move', directionalAccuracy([1], [2], { previous: [1] }), nan],
  ['directionalAccuracy, naive', directionalAccuracy([1, 3], [2, 2], { previous: [2, 2] }), 0.5],
  ['winkler, infinite', winkler([1], { lower: [-Infinity], upper: [Infinity] }, { level: 0.9 }), Infinity],
  ['coverage, infinite', coverage([1], { lower: [-Infinity], upper: [Infinity] }), 1],
];

it.each(zeroDenominators)('%s', (_, received, expected) => {
  expect(received).toBe(expected);
});

const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a weight below 0', () => mae([1], [1], { weights: [-1] }), /weights: expected numbers >= 0, got -1 at index 0/],
  ['a weight that is NaN', () => mae([1], [1], { weights: [nan] }), /got NaN at index 0/],
  ['an infinite weight', () => mae([1], [1], { weights: [Infinity] }), /got Infinity/],
  ['an unknown option', () => mae([1], [1], { weight: [1] } as never), /did you mean 'weights'/],
  ['no scale', () => mase([1], [1], {} as never), /scale: expected a number >= 0, got undefined; maseScale/],
  ['a scale below 0', () => rmsse([1], [1], { scale: -1 }), /rmsseScale/],
  ['no previous values', () => directionalAccuracy([1], [1], {} as never), /previous: expected 1 numbers/],
  ['no level', () => pinball([1], [1], { levels: [] }), /one level at least/],
  ['a level in percent', () => pinball([1], [1], { levels: [90] }), /between 0 and 1/],
  ['levels out of order', () => crps([1], [1, 2], { levels: [0.9, 0.1] }), /ascending, got 0.9 before 0.1/],
  ['too few quantiles', () => crps([1, 2], [1, 2, 3], { levels: [0.1, 0.9] }), /2 × 2 quantiles .* got 3/],
  ['an interval level of 1', () => winkler([1], { lower: [0], upper: [1] }, { level: 1 }), /level: expected a number/],
  ['uneven samples', () => crpsFromSamples([1, 2], [1, 2, 3]), /got 3 in all/],
  ['a short interval', () => coverage([1, 2], { lower: [1], upper: [1, 2] }), /lower: expected 2/],
  ['a metric that is not', () => checkMetricNames(['mae', 'rmsee']), /no 'rmsee'; did you mean 'rmse'/],
  ['a name of every object', () => computeMetric('toString' as MetricName, input([1], [1])), /no 'toString'/],
];

it.each(refused)('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: 'ForecastError' }));
});

it('crps of many quantiles of a normal distribution is its closed form', () => {
  const levels = Array.from({ length: 999 }, (_, k) => (k + 1) / 1000);
  const quantiles = levels.map((level) => normalQuantile(level));
  // σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π) at z = 0 (Gneiting & Raftery 2007, equation 21).
  expect(crps([0], quantiles, { levels })).toBeCloseTo(2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI), 4);
});

it('pinball of the median is half of mae, crps of one sample is mae', () => {
  const numbers = fc.array(
    fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(numbers, (pairs) => {
      const actual = pairs.map(([y]) => y);
      const forecast = pairs.map(([, f]) => f);
      const error = mae(actual, forecast);
      expect(2 * pinball(actual, forecast, { levels: [0.5] })).toBeCloseTo(error, 10);
      expect(crpsFromSamples(actual, forecast)).toBeCloseTo(error, 10);
    }),
  );
});
