import { type Covariates, fitScaler, type SeriesSet, type StepRanges, seriesFromArrays, seriesValues } from '@nt/data';
import {
  drift,
  type Estimator,
  type EstimatorInput,
  type LeakcheckOptions,
  leakcheck,
  mean,
  naive,
  type Predictor,
  rulePredictor,
  seasonalNaive,
} from '../src/index.ts';
import { madeSeries } from './made-series.ts';

export const horizon = 7;
export const set = madeSeries();

export const failing = async (
  subject: Parameters<typeof leakcheck>[0],
  more: LeakcheckOptions = {},
  data = set,
): Promise<string[]> => {
  const { checks } = await leakcheck(subject, data, more);
  return checks.filter(({ passed }) => !passed).map(({ name }) => name);
};

export const average = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** The error of a predictor on a part of the first series. */
export async function errorOn(predictor: Predictor, data: SeriesSet, { starts, ends }: StepRanges): Promise<number> {
  const origins = Array.from({ length: Math.max(0, ends[0]! - starts[0]! - horizon + 1) }, (_, i) => starts[0]! + i);
  const windows = { set: data, inputSize: 1, horizon, count: origins.length, weights: null, targetEnds: null };
  const bounds = Float64Array.from(data.ids, (_, series) => (series === 0 ? 0 : origins.length));
  const locate = (window: number) => ({ series: 0, origin: origins[window]! });
  const { point } = await predictor.predictWindows({
    ...windows,
    bounds: Float64Array.of(...bounds, origins.length),
    locate,
  });
  return average(
    Array.from(point, (value, i) =>
      Math.abs(value - seriesValues(data, 0)[origins[Math.floor(i / horizon)]! + (i % horizon)]!),
    ),
  );
}

export const estimator = (
  fit: (input: EstimatorInput) => Promise<Predictor>,
  inspect?: Estimator['inspect'],
): Estimator => ({
  method: 'made',
  horizon,
  fit,
  ...(inspect && { inspect }),
});

/** The last value again, in the unit of a scale that was learnt: what an error of the scaler does to every forecast. */
export const scaled = (rangesOf: (input: EstimatorInput) => StepRanges): Estimator =>
  estimator(
    async (input) => {
      const scaler = fitScaler(input.set, { kind: 'standard', ranges: rangesOf(input) });
      const rule = rulePredictor('made', horizon, (data, series, origin) => {
        const last = scaler.transform(data).values[data.offsets[series]! + origin - 1]!;
        return scaler.inverse(Array(horizon).fill(0.9 * last), data.ids[series]!);
      });
      return { ...rule, scale: scaler.toJson() } as Predictor;
    },
    async (predictor) => ({ scaler: (predictor as Predictor & { scale: never }).scale }),
  );

/** The rule that errs least on a part. */
export const selected = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
  estimator(async (input) => {
    const candidates = [naive(horizon), seasonalNaive(horizon, 7), drift(horizon), mean(horizon)];
    const errors = await Promise.all(candidates.map((one) => errorOn(one, input.set, partOf(input))));
    return candidates[errors.indexOf(Math.min(...errors))]!;
  });

/** A walk towards the training mean that stops when a part says so. */
export const stopped = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
  estimator(async (input) => {
    let best = Infinity;
    let kept = 0;
    for (let update = 0; update < 50; update++) {
      const weight = update / 50;
      const error = await errorOn(blend(weight), input.set, partOf(input));
      if (error < best) [best, kept] = [error, weight];
    }
    return blend(kept);
  });
export const blend = (weight: number): Predictor =>
  rulePredictor('made', horizon, (data, series, origin) => {
    const past = Array.from(seriesValues(data, series).subarray(0, origin)).filter((value) => !Number.isNaN(value));
    return Array(horizon).fill(weight * average(past) + (1 - weight) * past.at(-1)!);
  });

/** An interval as wide as the errors on a part. */
export const calibrated = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
  estimator(async (input) => {
    const width = (await errorOn(naive(horizon), input.set, partOf(input))) || 1;
    return {
      ...naive(horizon),
      quantiles: [0.1, 0.9],
      predictWindows: async (windows, asked = []) => {
        const { point } = await naive(horizon).predictWindows(windows);
        return { point, quantiles: asked.map((q) => point.map((value) => value + Math.sign(q - 0.5) * width)) };
      },
    };
  });

/** A column made of the target. */
export const withColumn = (
  data: SeriesSet,
  kind: 'historic' | 'future',
  of: (series: number, step: number) => number,
): SeriesSet => {
  const values = new Float64Array(data.values.length).fill(Number.NaN);
  for (let series = 0; series < data.ids.length; series++) {
    const rows = data.offsets[series + 1]! - data.offsets[series]!;
    for (let step = 0; step < rows; step++) values[data.contextOffsets[series]! + step] = of(series, step);
  }
  const columns: Covariates = { names: ['made'], values, categorical: [false], levels: {} };
  return { ...data, [kind]: columns };
};
export const valueAt = (data: SeriesSet, series: number, step: number): number =>
  seriesValues(data, series)[step] ?? Number.NaN;

/** Two series of noise around a level, with a few missing values. */
export const noisy: SeriesSet = seriesFromArrays(
  ['a', 'b'].map((id, index) => ({
    id,
    values: Array.from({ length: 160 }, (_, t) =>
      t % 41 === 40 ? Number.NaN : 20 + Math.sin(t * t * 12.9898 + index),
    ),
    start: '2024-01-01',
  })),
  { frequency: 'day' },
);
