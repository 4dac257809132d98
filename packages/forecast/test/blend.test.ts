import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays, splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictorCases } from '../src/conformance/index.ts';
import {
  type Blend,
  type BlendOptions,
  backtest,
  blendEstimator,
  evaluate,
  fitBlend,
  fromModelFiles,
  isBlend,
  naive,
  seasonalNaive,
  toModelFiles,
} from '../src/index.ts';
import { randomWalk, seasonalSeries } from './made-walks.ts';
import { quick, quickBlend, testWindows, withoutTimes } from './quick-blend.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const fit = (set: SeriesSet, change: Partial<BlendOptions> = {}): Promise<Blend> => quickBlend(backend, set, change);

describe('where there is something to be learnt', () => {
  let blend: Blend;
  const set = seasonalSeries(1);
  beforeAll(async () => {
    blend = await fit(set);
  });
  afterAll(() => blend.predictor.dispose());

  it('beats the seasonal naive forecast on windows that it has not seen', async () => {
    const { rows } = await evaluate([blend.predictor, seasonalNaive(7, 7), naive(7)], testWindows(set));
    expect(rows[0]!.mae).toBeLessThan(0.9 * rows[1]!.mae);
    expect(rows[0]!.mae).toBeLessThan(0.9 * rows[2]!.mae);
  });

  it('says that it does, and of whom it is made', () => {
    const { verdict, members, seasons, lookbacks, calendar, validation } = blend.explanation;
    expect(verdict).toMatchObject({ answer: 'blend', against: 'seasonal naive' });
    expect(verdict.reason).toMatch(/^The blend beats seasonal naive by \d+\.\d standard errors over \d+ blocks/);
    expect(members.map(({ kind }) => kind)).toEqual(['naive', 'naive', 'ridge', 'network', 'network']);
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const member of members)
      expect(validation.mse + validation.mae).toBeLessThanOrEqual(member.validation.mse + member.validation.mae);
    expect([seasons, lookbacks[0], calendar]).toEqual([{ short: 7, long: 364 }, 14, ['dayOfWeek']]);
    expect(members.filter(({ kind }) => kind === 'network').map(({ updates }) => updates)).toEqual([30, 30]);
  });

  it('describes itself in JSON, with the weights of the predictors that it holds', () => {
    const told = blend.predictor.describe();
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    const used = blend.explanation.members.filter(({ weight }) => weight > 0);
    expect(blend.predictor.members.map(({ name, weight }) => ({ name, weight }))).toEqual(
      used.map(({ name, weight }) => ({ name, weight })),
    );
  });

  it('has intervals that hold what comes about as often as they say', async () => {
    const { rows } = await evaluate([blend.predictor], testWindows(set), { levels: [80] });
    expect(rows[0]!.intervals[0]!.coverage).toBeGreaterThan(0.7);
    expect(rows[0]!.intervals[0]!.coverage).toBeLessThan(0.9);
    const { series } = await blend.predictor.predict(set, { levels: [80, 95] });
    expect(series[0]!.intervals.map(({ level }) => level)).toEqual([80, 95]);
  });

  it.each(predictorCases)('$name', ({ run }) =>
    run({
      predictor: blend.predictor,
      set,
      reload: async (predictor) => fromModelFiles(backend, await toModelFiles(predictor)),
    }),
  );

  it('comes back from files with everything: members, explanation, intervals, and what it has not seen', async () => {
    const back = await fromModelFiles(backend, await toModelFiles(blend.predictor));
    const { describe: told, evaluate: judge, members } = back as typeof blend.predictor;
    expect(told()).toEqual(blend.predictor.describe());
    expect(members.map(({ name, weight }) => [name, weight])).toEqual(
      blend.predictor.members.map(({ name, weight }) => [name, weight]),
    );
    const [before, after] = [await blend.predictor.evaluate(set, { levels: [80] }), await judge(set, { levels: [80] })];
    expect(after.rows[0]).toEqual(before.rows[0]);
    expect(after.windows).toBe(testWindows(set).count);
    back.dispose();
  });

  it('keeps how it was judged in its folder, also when it is saved again', async () => {
    const evaluation = await blend.predictor.evaluate(set);
    const files = await toModelFiles(blend.predictor, { evaluation });
    const back = await fromModelFiles(backend, files);
    expect(isBlend(back) && back.evaluation).toEqual(JSON.parse(JSON.stringify(evaluation)));
    expect((await toModelFiles(back))['metrics.json']).toEqual(files['metrics.json']);
    back.dispose();
    expect(isBlend(naive(7))).toBe(false);
  });

  it('is what a backtest refits and a leakcheck looks through', async () => {
    const { horizon, preset } = quick;
    const estimator = blendEstimator(backend, { horizon, preset, maxUpdates: 2 });
    const walk = { folds: 2, testSize: 20, validation: 40 };
    const { evaluation } = await backtest(estimator, set, walk);
    expect(evaluation.rows[0]!.method).toBe('blend');
    await expect(backtest(estimator, set, { ...walk, refit: 'warm' })).rejects.toThrow(/refit: expected anything but/);
    const controller = new AbortController();
    const stopped = blendEstimator(backend, {
      horizon,
      preset,
      onEvent: (event) => void (event.type === 'training' && controller.abort(new Error('enough'))),
    });
    await expect(backtest(stopped, set, { ...walk, signal: controller.signal })).rejects.toThrow('enough');
    expect(() => blendEstimator(backend, { horizon, presett: 'fast' } as never)).toThrow(/did you mean 'preset'/);
  });

  it('looks at nothing of the test part', async () => {
    const { starts } = splitByTime(set, { validation: 0.2, test: 0.2 }).test;
    const other = { ...set, values: set.values.map((value, row) => (row >= starts[0]! ? 5 - 3 * value : value)) };
    expect(withoutTimes((await fit(other)).explanation)).toEqual(withoutTimes(blend.explanation));
  });

  it('gives the same bits for the same seed, others for another', async () => {
    const [same, other] = [await fit(set), await fit(set, { seed: 2 })];
    expect(withoutTimes(same.explanation)).toEqual(withoutTimes(blend.explanation));
    const pointOf = async ({ predictor }: Blend) => (await predictor.predictWindows(testWindows(set))).point;
    expect(await pointOf(same)).toEqual(await pointOf(blend));
    expect(await pointOf(other)).not.toEqual(await pointOf(blend));
  });
});

describe('where there is nothing to be learnt', () => {
  it.each([1, 2, 3])('the naive forecast is the answer, and says so (walk %i)', async (seed) => {
    const { predictor, explanation } = await fit(randomWalk(seed), { horizon: 5 });
    expect(explanation.verdict).toMatchObject({ answer: 'naive', against: 'naive' });
    expect(explanation.verdict.reason).toMatch(
      /^Nothing beats naive by more than chance.*The forecast is that of naive\.$/,
    );
    expect(explanation.members.filter(({ weight }) => weight > 0).map(({ name }) => name)).toEqual(['naive']);
    const { series } = await predictor.predict(randomWalk(seed));
    expect(new Set(series[0]!.values)).toEqual(new Set([randomWalk(seed).values.at(-1)]));
  });
});

it('takes several series, missing values, covariates of every kind and series too short for anything', async () => {
  const { values } = seasonalSeries(1);
  const numbers = [...values].map((value, i) => (i % 31 === 5 ? null : value));
  const wave = (length: number): number[] => Array.from({ length }, (_, i) => Math.sin(i / 5));
  const one = {
    historic: { seen: wave(values.length) },
    future: { ahead: wave(values.length + 7) },
    static: { kind: 1 },
  };
  const set = seriesFromArrays(
    [
      { id: 'a', values: numbers, start: '2020-01-01', ...one },
      {
        id: 'b',
        values: numbers.map((value) => value && 100 * value),
        start: '2020-01-01',
        ...one,
        static: { kind: 2 },
      },
      {
        id: 'c',
        values: [1, 2, 3, 4],
        start: '2020-01-01',
        historic: { seen: wave(4) },
        future: { ahead: wave(11) },
        static: { kind: 3 },
      },
    ],
    { frequency: 'day' },
  );
  const { predictor, explanation } = await fit(set);
  expect(explanation.leftOut).toEqual([]);
  const { point } = await predictor.predictWindows(testWindows(set));
  expect(point.every(Number.isFinite)).toBe(true);
});

it('a series too short for networks has the naive rules, and says why', async () => {
  const set = seriesFromArrays([{ id: 'a', values: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], start: '2020-01-01' }], {
    frequency: 'day',
  });
  const { predictor, explanation } = await fitBlend(backend, set, { ...quick, horizon: 2, test: 0 });
  expect(explanation.leftOut.length).toBeGreaterThan(0);
  expect(explanation.leftOut[0]!.reason).toMatch(/windows|time steps/);
  expect((await predictor.predict(set)).series[0]!.values).toHaveLength(2);
});
