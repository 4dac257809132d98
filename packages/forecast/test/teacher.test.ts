import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays, seriesValues } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  backtest,
  type FittedForecaster,
  NhitsForecaster,
  type PlanOptions,
  partOfPlan,
  type RunOptions,
  rulePredictor,
  seasonalNaive,
} from '../src/index.ts';
import { options, quick, weightsOf } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const set = madeSeries();
const recipe = (): NhitsForecaster<Tensor> => new NhitsForecaster(backend, options);
const fit = async (run: RunOptions = {}, plan: PlanOptions = {}): Promise<FittedForecaster> => {
  const own = recipe();
  return (await own.fit(own.plan(set, { ...quick, ...plan }), run)).forecaster;
};
/** Says twice of what was there a week ago, in any unit. */
const twice = rulePredictor('twice', 7, (of, series, origin) =>
  Array.from(seriesValues(of, series).slice(origin - 7, origin), (value) => 2 * value),
);

describe('a teacher', () => {
  it('with all of the weight is what the network comes to forecast, whatever the unit and the scaler', async () => {
    for (const scaler of ['standard', 'log'] as const) {
      const own = new NhitsForecaster(backend, { ...options, scaler });
      // Validation goes by what came about, so that it would keep the first weights.
      const plan = own.plan(set, { ...quick, maxEpochs: 40, restoreBestWeights: false, patience: 0 });
      const { forecaster } = await own.fit(plan, { teacher: { predictor: twice, weight: 1 } });
      const windows = partOfPlan(plan, 'test');
      const [said, truth] = [await twice.predictWindows(windows), await forecaster.predictWindows(windows)];
      const off = said.point.map((value, i) => Math.abs(truth.point[i]! - value) / value);
      expect(off.reduce((a, b) => a + b, 0) / off.length, scaler).toBeLessThan(0.12);
      forecaster.dispose();
    }
  });

  it('with a part of it draws the network between', async () => {
    const plan = { maxEpochs: 40, restoreBestWeights: false, patience: 0, loss: 'mse' } as const;
    const level = async (run: RunOptions): Promise<number> => {
      const forecaster = await fit(run, plan);
      const { point } = await forecaster.predictWindows(partOfPlan(recipe().plan(set, quick), 'test'));
      forecaster.dispose();
      return point.slice(0, 100).reduce((a, b) => a + b, 0) / 100;
    };
    const [alone, half, all] = [
      await level({}),
      await level({ teacher: { predictor: twice } }),
      await level({ teacher: { predictor: twice, weight: 1 } }),
    ];
    expect(half).toBeGreaterThan(alone + 0.25 * (all - alone));
    expect(half).toBeLessThan(alone + 0.75 * (all - alone));
  });

  it('another one, or another weight, is another run: resuming refuses it', async () => {
    const checkpoints = memoryStorage();
    const first = await fit({ teacher: { predictor: twice }, checkpoints });
    const again = await fit({ teacher: { predictor: twice }, checkpoints, resume: true });
    expect(await weightsOf(again)).toBe(await weightsOf(first));
    const others = [undefined, { predictor: twice, weight: 0.3 }, { predictor: seasonalNaive(7, 7) }];
    for (const teacher of others)
      await expect(fit({ teacher, checkpoints, resume: true })).rejects.toThrow(/differs.*teacher/);
    first.dispose();
    again.dispose();
  });

  it.each(['teacher', 'from'] as const)('what the %s has seen is not what the network is judged on', async (how) => {
    const knows = await fit({}, { test: 0.05 });
    const run = how === 'teacher' ? { teacher: { predictor: knows } } : { from: knows };
    const learnt = await fit(run, { test: 0.4 });
    expect(learnt.trainedOn.seenUntil).toEqual(knows.trainedOn.seenUntil);
    // The last 8 steps of each series are left to judge, in two windows.
    expect((await learnt.evaluate(set)).windows).toBe(4);
    await expect(learnt.evaluate(madeSeries(150))).rejects.toThrow(/found fewer in every series/);
    await expect(backtest(learnt, set, { folds: 2, testSize: 14 })).rejects.toThrow(/has seen series 'a' up to/);
    await expect(backtest(learnt, set, { folds: 1, testSize: 8 })).resolves.toBeDefined();
    knows.dispose();
    learnt.dispose();
  });

  it('what it has seen of a single series counts, whatever its target was called', async () => {
    const single = (target: string, test: number, run: RunOptions = {}): Promise<FittedForecaster> => {
      const values = Array.from(seriesValues(set, 0));
      const own = recipe();
      const one = seriesFromArrays([{ id: target, values, start: '2024-01-01' }], { frequency: 'day', target });
      return own.fit(own.plan(one, { ...quick, maxEpochs: 1, test }), run).then(({ forecaster }) => forecaster);
    };
    const knows = await single('sales', 0.05);
    const learnt = await single('demand', 0.4, { from: knows });
    expect(learnt.trainedOn.seenUntil).toEqual({ demand: knows.trainedOn.seenUntil['sales'] });
    knows.dispose();
    learnt.dispose();
  });

  it.each([
    [{ teacher: { predictor: seasonalNaive(6, 7) } }, {}, /teacher: expected a predictor of horizon 7, got 6/],
    [{ teacher: { predictor: twice, weight: 0 } }, {}, /teacher\.weight: expected a number > 0 and <= 1/],
    [{ teacher: { predictor: twice } }, { loss: 'quantile' }, /teacher: expected a loss of points/],
    [{ teacher: { predictor: twice } }, { augment: ['jitter'] }, /teacher: expected training without augment/],
    [{ teacher: twice as never }, {}, /teacher: expected \{ predictor, weight \}/],
    [
      { teacher: { predictor: rulePredictor('mute', 7, () => Array(7).fill(Number.NaN)) } },
      {},
      /mute has no forecast of series 'a' from time step 21/,
    ],
  ] as const)('%# is refused', async (run, plan, message) => {
    await expect(fit(run as RunOptions, plan as PlanOptions)).rejects.toThrow(message);
  });
});
