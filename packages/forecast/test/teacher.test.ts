import { createCpuBackend } from '@nt/backend-cpu';
import { fitScaler, type Scaler, seriesFromArrays, seriesValues } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessonsOf } from '../src/fit/teacher.ts';
import {
  backtest,
  type FittedForecaster,
  NhitsForecaster,
  type PlanOptions,
  type Predictor,
  partOfPlan,
  type RunOptions,
  rulePredictor,
  seasonalNaive,
} from '../src/index.ts';
import { trainingBatches } from '../src/training/training-batches.ts';
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

  it('is asked once, and its forecasts are scaled as the data are, whatever else these hold', async () => {
    const covariates = seriesFromArrays(
      ['a', 'b'].map((id, s) => {
        const values = Array.from(seriesValues(set, s));
        return { id, values, start: '2024-01-01', historic: { x: values }, future: { f: values }, static: { k: s } };
      }),
      { frequency: 'day', target: 'y' },
    );
    const scaler = fitScaler(covariates, {
      kind: 'log',
      ranges: { starts: new Float64Array(2), ends: Float64Array.from(covariates.lengths) },
    });
    const once: Scaler = {
      ...scaler,
      transform: () => {
        throw new Error('the whole set again');
      },
    };
    const own = recipe();
    const plan = own.plan(covariates, { ...quick, maxEpochs: 1 });
    const truth = rulePredictor('truth', 7, (of, series, origin) => [
      ...seriesValues(of, series).slice(origin, origin + 7),
    ]);
    const { forecasts } = await lessonsOf({ predictor: truth }, plan, once);
    const { values, offsets } = scaler.transform(covariates);
    const { windows } = trainingBatches(plan.set, plan.split, plan.forecaster, plan.training);
    for (let window = 0; window < windows.count; window++) {
      const { series, origin } = windows.locate(window);
      const row = offsets[series]! + origin;
      expect(forecasts.slice(window * 7, window * 7 + 7)).toEqual(values.slice(row, row + 7));
    }
  });

  it('is not asked once the run is aborted', async () => {
    let asked = 0;
    const busy: Predictor = {
      ...twice,
      predictWindows: (windows) => {
        asked++;
        return twice.predictWindows(windows);
      },
    };
    const signal = AbortSignal.abort(new Error('no more'));
    await expect(fit({ teacher: { predictor: busy }, signal })).rejects.toThrow('no more');
    expect(asked).toBe(0);
    const controller = new AbortController();
    const during: Predictor = {
      ...twice,
      predictWindows: (windows) => {
        controller.abort(new Error('enough'));
        return twice.predictWindows(windows);
      },
    };
    const own = recipe();
    const run = { teacher: { predictor: during }, signal: controller.signal };
    const { result, forecaster } = await own.fit(own.plan(set, quick), run);
    expect([result.reason, result.updates]).toEqual(['aborted', 0]);
    forecaster.dispose();
  });

  it('says what of a teacher no scaler takes, and where', async () => {
    const own = new NhitsForecaster(backend, { ...options, scaler: 'log' });
    const below = rulePredictor('below', 7, (_, series, origin) => [
      1,
      1,
      series === 1 && origin === 30 ? -3 : 1,
      1,
      1,
      1,
      1,
    ]);
    await expect(own.fit(own.plan(set, quick), { teacher: { predictor: below } })).rejects.toMatchObject({
      code: 'forecast/option',
      message: expect.stringMatching(
        /^teacher: below forecasts -3 for series 'b', 2024-02-02, which the scaler log cannot take\. Use standard/,
      ),
    });
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
      /mute has no forecast of series 'a', 2024-01-22, which the training part holds/,
    ],
  ] as const)('%# is refused', async (run, plan, message) => {
    await expect(fit(run as RunOptions, plan as PlanOptions)).rejects.toThrow(message);
  });
});
