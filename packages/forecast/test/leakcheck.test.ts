import { type SeriesSet, type StepRanges, seriesValues, timeAt } from '@nt/data';
import { describe, expect, it } from 'vitest';
import {
  drift,
  type EstimatorInput,
  futureNames,
  leakcheck,
  mean,
  naive,
  rulePredictor,
  seasonalNaive,
  windowAverage,
} from '../src/index.ts';
import {
  average,
  calibrated,
  estimator,
  failing,
  horizon,
  noisy,
  scaled,
  selected,
  set,
  stopped,
  valueAt,
  withColumn,
} from './planted-leaks.ts';

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

  it.each(['historic', 'future'] as const)('a %s covariate that is it in another unit, rounded', async (kind) => {
    const rounded = (digits: number, by: number) =>
      withColumn(written, kind, (series, step) =>
        Number((1.19 * valueAt(written, series, step + by) + 32).toFixed(digits)),
      );
    // The target itself is written to a few digits only.
    const written = { ...noisy, values: noisy.values.map((value) => Number(value.toFixed(3))) };
    for (const digits of [2, 3, 4]) {
      expect(await failing(naive(horizon), {}, rounded(digits, 1))).toEqual(['covariates']);
      expect(await failing(naive(horizon), {}, rounded(digits, 0))).toEqual(kind === 'historic' ? [] : ['covariates']);
    }
    expect(await failing(naive(horizon), {}, rounded(2, -horizon))).toEqual([]);
  });

  it('a covariate that is a target of few values, exactly', async () => {
    const few = { ...noisy, values: noisy.values.map((value) => Math.round(value)) };
    const next = withColumn(few, 'future', (series, step) => 2 * valueAt(few, series, step + 1) - 3);
    expect(await failing(naive(horizon), {}, next)).toEqual(['covariates']);
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

  it.each(['historic', 'future'] as const)('a good forecast, a flag or a level that is %s', async (kind) => {
    const level = average(Array.from(noisy.values));
    const made: readonly ((series: number, step: number) => number)[] = [
      (series, step) => Number((valueAt(noisy, series, step) + 0.3 * Math.sin(step * 12.9898)).toFixed(1)),
      (series, step) => Number(valueAt(noisy, series, step) > level),
      (series, step) => Math.round(valueAt(noisy, series, step) / 20),
      (_, step) => step % 7,
      () => 3,
    ];
    for (const column of made) expect(await failing(naive(horizon), {}, withColumn(noisy, kind, column))).toEqual([]);
  });

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
