import { createCpuBackend } from '@nt/backend-cpu';
import {
  type Covariates,
  fitScaler,
  type SeriesSet,
  type StepRanges,
  seriesFromArrays,
  seriesValues,
  timeAt,
} from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  drift,
  type Estimator,
  type EstimatorInput,
  estimatorOf,
  futureNames,
  type LeakcheckOptions,
  leakcheck,
  mean,
  NhitsForecaster,
  naive,
  type Predictor,
  rulePredictor,
  seasonalNaive,
  windowAverage,
} from '../src/index.ts';
import { fitQuickly, options } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

const horizon = 7;
const set = madeSeries();

const failing = async (
  subject: Parameters<typeof leakcheck>[0],
  more: LeakcheckOptions = {},
  data = set,
): Promise<string[]> => {
  const { checks } = await leakcheck(subject, data, more);
  return checks.filter(({ passed }) => !passed).map(({ name }) => name);
};

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** The error of a predictor on a part of the first series. */
async function errorOn(predictor: Predictor, data: SeriesSet, { starts, ends }: StepRanges): Promise<number> {
  const origins = Array.from({ length: Math.max(0, ends[0]! - starts[0]! - horizon + 1) }, (_, i) => starts[0]! + i);
  const windows = { set: data, inputSize: 1, horizon, count: origins.length, weights: null };
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

const estimator = (fit: (input: EstimatorInput) => Promise<Predictor>, inspect?: Estimator['inspect']): Estimator => ({
  method: 'made',
  horizon,
  fit,
  ...(inspect && { inspect }),
});

/** The last value again, in the unit of a scale that was learnt: what an error of the scaler does to every forecast. */
const scaled = (rangesOf: (input: EstimatorInput) => StepRanges): Estimator =>
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
const selected = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
  estimator(async (input) => {
    const candidates = [naive(horizon), seasonalNaive(horizon, 7), drift(horizon), mean(horizon)];
    const errors = await Promise.all(candidates.map((one) => errorOn(one, input.set, partOf(input))));
    return candidates[errors.indexOf(Math.min(...errors))]!;
  });

/** A walk towards the training mean that stops when a part says so. */
const stopped = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
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
const blend = (weight: number): Predictor =>
  rulePredictor('made', horizon, (data, series, origin) => {
    const past = Array.from(seriesValues(data, series).subarray(0, origin)).filter((value) => !Number.isNaN(value));
    return Array(horizon).fill(weight * average(past) + (1 - weight) * past.at(-1)!);
  });

/** An interval as wide as the errors on a part. */
const calibrated = (partOf: (input: EstimatorInput) => StepRanges): Estimator =>
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
const withColumn = (
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
const valueAt = (data: SeriesSet, series: number, step: number): number =>
  seriesValues(data, series)[step] ?? Number.NaN;

describe('finds a leak in', () => {
  const afterTrain = ({ split }: EstimatorInput): StepRanges => split.test;

  it('the split: a training part that goes into the test part, parts that follow the values', async () => {
    const wrong = { starts: Float64Array.of(0, 0), ends: Float64Array.of(140, 140) };
    const test = { starts: Float64Array.of(130, 130), ends: Float64Array.of(160, 160) };
    const validation = { starts: Float64Array.of(130, 130), ends: Float64Array.of(130, 130) };
    const split = { train: wrong, validation, test, strict: false };
    expect(
      await failing(
        scaled((input) => input.split.train),
        { split },
      ),
    ).toEqual(['split', 'scaler', 'forecasts']);
    const { checks } = await leakcheck(naive(horizon), set, { split });
    expect(checks[0]!.detail).toMatch(/series 'a': training goes on to 2024-05-19, test begins at 2024-05-10/);
    const atMaximum = (data: SeriesSet) => {
      const top = Array.from(seriesValues(data, 0)).indexOf(Math.max(...seriesValues(data, 0)));
      const start = Float64Array.of(top, top);
      return {
        train: { starts: Float64Array.of(0, 0), ends: start },
        validation: { starts: start, ends: start },
        test: { starts: start, ends: Float64Array.of(160, 160) },
        strict: false,
      };
    };
    expect(await failing(naive(horizon), { split: atMaximum })).toEqual(['split']);
  });

  it('a scaler that is fitted to everything', async () => {
    const everything = ({ set: data }: EstimatorInput): StepRanges => ({
      starts: new Float64Array(2),
      ends: data.lengths,
    });
    expect(await failing(scaled(everything))).toEqual(['scaler', 'forecasts']);
    expect(await failing(scaled(({ split }) => split.train))).toEqual([]);
  });

  it('a calendar of what days were like, the coming ones too', async () => {
    const byWeekday =
      (until: (data: SeriesSet, series: number) => number) =>
      (data: SeriesSet): SeriesSet =>
        withColumn(data, 'future', (series, step) => {
          const weekday = (at: number): number => new Date(timeAt(data, series, at)).getUTCDay();
          const alike = Array.from({ length: until(data, series) }, (_, at) => at).filter(
            (at) => weekday(at) === weekday(step),
          );
          return average(alike.map((at) => valueAt(data, series, at)).filter((value) => !Number.isNaN(value)));
        });
    const all = byWeekday((data, series) => data.lengths[series]!);
    const { checks } = await leakcheck(naive(horizon), set, { prepare: all });
    const found = checks.find(({ name }) => name === 'covariates')!;
    expect(found).toMatchObject({
      passed: false,
      detail: expect.stringMatching(/'made' is another when later values are cut/),
    });
    expect(found.differences[0]).toMatchObject({ series: 'a', what: 'made', future: 'cut', time: '2024-01-01' });
    expect(await failing(naive(horizon), { prepare: byWeekday(() => 100) })).toEqual([]);
  });

  it.each(['historic', 'future'] as const)('a %s covariate that is the target one step later', async (kind) => {
    const shifted = (by: number) => (data: SeriesSet) =>
      withColumn(data, kind, (series, step) => 2 * valueAt(data, series, step + by) - 3);
    expect(await failing(naive(horizon), { prepare: shifted(1) })).toEqual(['covariates']);
    // In the file already, where nothing can be taken away: only its values tell.
    const { checks } = await leakcheck(naive(horizon), shifted(1)(noisy));
    expect(checks[1]!.detail).toMatch(/'made' \((historic|known ahead)\) is the target of 1 steps later/);
    expect(await failing(naive(horizon), {}, shifted(-horizon)(noisy))).toEqual([]);
    expect(await failing(naive(horizon), {}, shifted(0)(noisy))).toEqual(kind === 'historic' ? [] : ['covariates']);
    expect(await failing(naive(horizon), {}, shifted(-1)(noisy))).toEqual(kind === 'historic' ? [] : ['covariates']);
  });

  it('a covariate known ahead that is made of what comes', async () => {
    const squared = (data: SeriesSet): SeriesSet =>
      withColumn(data, 'future', (series, step) => valueAt(data, series, step) ** 2);
    expect(await failing(naive(horizon), { prepare: squared })).toEqual(['covariates']);
    const { checks } = await leakcheck(naive(horizon), set, { prepare: squared, futures: ['flat'] });
    expect(checks[1]!.detail).toMatch(/'made' is another when later values are flat/);
  });

  it('a target that is smoothed with what comes after', async () => {
    const smooth = (data: SeriesSet): SeriesSet => ({
      ...data,
      values: Float64Array.from(data.values, (value, i) => (value + (data.values[i + 1] ?? value)) / 2),
    });
    expect(await failing(naive(horizon), { prepare: smooth })).toEqual(['covariates', 'windows']);
  });

  it('a calibration on the test part', async () => {
    const { checks } = await leakcheck(calibrated(afterTrain), set);
    const found = checks.find(({ passed }) => !passed)!;
    expect(found.name).toBe('forecasts');
    expect(found.differences[0]!.what).toBe('quantile 0.1');
    expect(await failing(calibrated(({ split }) => split.validation))).toEqual([]);
  });

  it('early stopping on the test part', async () => {
    expect(await failing(stopped(afterTrain))).toEqual(['forecasts']);
    expect(await failing(stopped(({ split }) => split.validation))).toEqual([]);
  });

  it('a selection by the test part', async () => {
    expect(await failing(selected(afterTrain))).toEqual(['forecasts']);
    expect(await failing(selected(({ split }) => split.validation))).toEqual([]);
  });

  it('a baseline that looks ahead, one step or to the end', async () => {
    const oracle = rulePredictor('oracle', horizon, (data, series, origin) =>
      Array(horizon).fill(valueAt(data, series, origin)),
    );
    const { checks, passed } = await leakcheck(oracle, set);
    expect(passed).toBe(false);
    expect(checks.find(({ name }) => name === 'windows')).toMatchObject({
      passed: false,
      detail: expect.stringMatching(/others when later values are cut, shuffled, opposite, flat, large/),
      differences: [{ future: 'cut', what: 'forecast', series: 'a', is: Number.NaN }, {}, {}, {}, {}],
    });
    const meanOfAll = rulePredictor('mean', horizon, (data, series) =>
      Array(horizon).fill(average(Array.from(seriesValues(data, series)))),
    );
    expect(await failing(meanOfAll)).toEqual(['windows']);
  });
});

describe('does not accuse', () => {
  it.each([naive(horizon), seasonalNaive(horizon, 7), drift(horizon), mean(horizon), windowAverage(horizon, 14)])(
    '$method',
    async (rule) => {
      expect(await failing(rule)).toEqual([]);
      expect(await failing(rule, {}, noisy)).toEqual([]);
    },
  );

  it('an estimator that is not reproducible, but says so', async () => {
    let calls = 0;
    const moody = estimator(async () => {
      calls += 1;
      const mood = calls;
      return rulePredictor('made', horizon, () => Array(horizon).fill(mood));
    });
    expect(await failing(moody)).toEqual(['forecasts', 'reproducible']);
  });

  it('an estimator that cannot do without a future, but names its error', async () => {
    const needy = estimator(async ({ split: { test } }) => {
      if (test.starts[0] === test.ends[0]) throw new Error('no test part');
      return naive(horizon);
    });
    const { checks } = await leakcheck(needy, set);
    expect(checks.find(({ passed }) => !passed)!.detail).toMatch(
      /with the future cut it cannot be trained: no test part/,
    );
  });
});

describe('a network', () => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  });
  afterAll(() => backend.dispose());
  const training = { maxUpdates: 6, batchSize: 16, patience: 1, validationEvery: 2, learningRate: 0.03 };
  const recipe = (): NhitsForecaster => new NhitsForecaster(backend, { ...options, calendar: ['dayOfWeek'] });

  it('a recipe passes, with its scaler, its stop and its weights', async () => {
    const before = backend.memory().tensors;
    const data = withColumn(noisy, 'historic', (series, step) => valueAt(noisy, series, step) ** 2);
    const { checks, passed, method } = await leakcheck(recipe(), data, { training: { ...training, loss: 'quantile' } });
    expect(checks.map(({ name, passed: one }) => `${name} ${one}`)).toEqual(
      ['split', 'covariates', 'scaler', 'early stopping', 'weights', 'forecasts', 'windows'].map(
        (name) => `${name} true`,
      ),
    );
    expect([passed, method]).toEqual([true, 'nhits']);
    expect(backend.memory().tensors).toBe(before);
  });

  it('one that stops by the test part is caught, and where', async () => {
    const honest = estimatorOf(recipe(), training);
    const leaky: Estimator = {
      ...honest,
      fit: (input) => honest.fit({ ...input, split: { ...input.split, validation: input.split.test } }),
    };
    // Also where the stop falls at the same update: what it was decided by is another.
    expect(await failing(leaky, { futures: ['large'] })).toContain('early stopping');
    expect(await failing(leaky, { futures: ['cut'] })).toContain('early stopping');
  });

  it('one that trains on everything is caught, and where', async () => {
    const honest = estimatorOf(recipe(), training);
    const train = { starts: Float64Array.of(0, 0), ends: set.lengths };
    const leaky: Estimator = { ...honest, fit: (input) => honest.fit({ ...input, split: { ...input.split, train } }) };
    expect(await failing(leaky, { futures: ['flat'] })).toEqual(['scaler', 'early stopping', 'weights', 'forecasts']);
  });

  it('a fitted one is looked at as it forecasts', async () => {
    const forecaster = await fitQuickly(backend)({ maxUpdates: 2 });
    const { checks, passed } = await leakcheck(forecaster, set);
    expect(passed).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(['split', 'covariates', 'windows']);
    forecaster.dispose();
  });
});

it.each(futureNames)('the future %s alone finds an oracle', async (name) => {
  const oracle = rulePredictor('oracle', horizon, (data, series, origin) =>
    Array(horizon).fill(valueAt(data, series, origin)),
  );
  expect(await failing(oracle, { futures: [name] })).toEqual(['windows']);
});

it.each([
  [{ future: ['cut'] }, /no leakcheck option 'future'; did you mean 'futures'/],
  [{ futures: [] }, /futures: expected some of cut/],
  [{ futures: ['cot'] }, /futures: expected one of .*did you mean 'cut'/],
  [{ seed: -1 }, /seed: expected an integer >= 0/],
  [{ training: {} }, /training: expected none beside an estimator or a predictor/],
  [{ split: { ...emptySplit(), strict: false } }, /split: expected a test part in at least one series/],
])('%j is refused', async (wrong, message) => {
  await expect(leakcheck(naive(horizon), set, wrong as never)).rejects.toThrow(message);
});

function emptySplit() {
  const none = { starts: Float64Array.of(0, 0), ends: Float64Array.of(0, 0) };
  return { train: none, validation: none, test: none };
}

/** Two series of noise around a level, with a few missing values. */
const noisy: SeriesSet = seriesFromArrays(
  ['a', 'b'].map((id, index) => ({
    id,
    values: Array.from({ length: 160 }, (_, t) =>
      t % 41 === 40 ? Number.NaN : 20 + Math.sin(t * t * 12.9898 + index),
    ),
    start: '2024-01-01',
  })),
  { frequency: 'day' },
);
