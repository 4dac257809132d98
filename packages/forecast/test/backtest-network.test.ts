import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays, seriesValues, type WalkForwardOptions, walkForward } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BacktestEvent,
  type BacktestOptions,
  backtest,
  backtestFold,
  type Estimator,
  type EstimatorOptions,
  estimatorOf,
  type FittedForecaster,
  fromModelFiles,
  type ModelFiles,
  type ModelStore,
  mergeFolds,
  NhitsForecaster,
  toModelFiles,
} from '../src/index.ts';
import { fitQuickly, options } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

const set = madeSeries();
const walk: BacktestOptions = { folds: 3, testSize: 14 };

describe('with a network', () => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  });
  afterAll(() => backend.dispose());
  const training: EstimatorOptions = { maxUpdates: 4, batchSize: 16 };
  const nhits = (): Estimator => estimatorOf(new NhitsForecaster(backend, options), training);

  /** Keeps models as files. */
  function store(): ModelStore & { readonly kept: Map<number, ModelFiles> } {
    const kept = new Map<number, ModelFiles>();
    return {
      kept,
      load: async (fold) => (kept.has(fold) ? fromModelFiles(backend, kept.get(fold)!) : null),
      save: async (fold, _, predictor) => void kept.set(fold, await toModelFiles(predictor as FittedForecaster)),
    };
  }

  it.each(['never', 'warm', 2] as const)(
    'refit: %s gives the same bits alone, after a pause, and in one go',
    async (refit) => {
      const judged = { ...walk, refit, validation: 14, rivals: [] };
      const before = backend.memory().tensors;
      const whole = await backtest(nhits(), set, judged);
      expect(backend.memory().tensors).toBe(before);
      const models = store();
      const [first, second] = [
        await backtestFold(0, nhits(), set, { ...judged, models }),
        await backtestFold(1, nhits(), set, { ...judged, models }),
      ];
      const last = await backtestFold(2, nhits(), set, judged);
      const fits: number[] = [];
      const onEvent = (event: BacktestEvent): void => {
        if (event.type === 'fit-end') fits.push(event.fold);
      };
      const stored = await backtestFold(2, nhits(), set, { ...judged, models, onEvent });
      expect(stored).toEqual(last);
      // What is at hand is not trained again.
      expect(fits).toEqual(refit === 'never' ? [] : [2]);
      expect(mergeFolds([last, second, first], set, judged)).toEqual(whole);
      expect([...models.kept.keys()]).toEqual({ never: [0], warm: [0, 1, 2], 2: [0, 2] }[refit]);
      expect(backend.memory().tensors).toBe(before);
    },
  );

  it('one that came trained is judged on what it has not seen only', async () => {
    const fitted = await fitQuickly(backend)({ maxUpdates: 2, test: 0.2 });
    await expect(backtest(fitted, set, walk)).rejects.toThrow(
      /nhits has seen series 'a' up to 2024-05-08, and the test part of fold 0 begins at 2024-04-28/,
    );
    const { folds } = await backtest(fitted, set, { folds: 2, testSize: 14, rivals: [] });
    expect(folds.map(({ trainedIn }) => trainedIn)).toEqual([null, null]);
    expect((await fitted.predict(set)).series).toHaveLength(2);
    fitted.dispose();
  });

  it('a series that begins after training is scaled by its own rows', async () => {
    const late = (shift: number): SeriesSet => {
      const [early, short] = [0, 1].map((series) => Array.from(seriesValues(set, series)));
      const values = short!.slice(100).map((value) => shift + value);
      return seriesFromArrays(
        [
          { id: 'a', values: early!, start: '2024-01-01' },
          { id: 'b', values, start: '2024-04-10' },
        ],
        { frequency: 'day' },
      );
    };
    const maeOf = async (shift: number): Promise<number> => {
      const report = await backtest(nhits(), late(shift), { folds: 5, testSize: 14, refit: 'never', rivals: [] });
      expect(report.folds[0]!.evaluation.seriesIds).toEqual(['a']);
      return report.evaluation.rows[0]!.maeOfSeries[1]!;
    };
    expect((await maeOf(5000)) / (await maeOf(0))).toBeCloseTo(1, 2);
  });

  it('the policies differ, and quantiles are judged', async () => {
    const quantile = estimatorOf(new NhitsForecaster(backend, options), { ...training, loss: 'quantile' });
    const { evaluation } = await backtest(quantile, set, { folds: 2, testSize: 14 });
    expect(evaluation.rows[0]!.intervals.map(({ level }) => level)).toEqual([80, 95]);
    const lastMae = async (refit: 'never' | 'warm' | 1): Promise<number> =>
      (await backtest(nhits(), set, { ...walk, refit, rivals: [] })).folds[2]!.evaluation.rows[0]!.mae;
    expect(new Set([await lastMae('never'), await lastMae('warm'), await lastMae(1)]).size).toBe(3);
  });

  it('an embargo takes windows from training, and nothing of it into the scales', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const windowsOf = (embargo: number): number[] =>
      walkForward(set, { ...walk, embargo } as WalkForwardOptions).map(
        (split) => recipe.plan(set, { split }).trainWindows,
      );
    // A window of 7 targets meets a hole of 5 steps at 11 origins, in each of two series; in the last fold there is one hole.
    expect(windowsOf(5).map((count, fold) => windowsOf(0)[fold]! - count)).toEqual([0, 0, 22]);
    const [, , split] = walkForward(set, { ...walk, embargo: 5 } as WalkForwardOptions);
    const scaler = async (data: SeriesSet): Promise<unknown> => {
      const { forecaster } = await recipe.fit(recipe.plan(data, { ...training, split: split! }));
      forecaster.dispose();
      return forecaster.state.scaler;
    };
    const changed = madeSeries();
    seriesValues(changed, 0).subarray(split!.embargoed[0]!.starts[0]!, split!.embargoed[0]!.ends[0]!).fill(1e6);
    expect(await scaler(changed)).toEqual(await scaler(set));
  });

  it('a checkpoint of another fold is refused', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const [first, second] = walkForward(set, walk as WalkForwardOptions);
    const checkpoints = memoryStorage();
    (await recipe.fit(recipe.plan(set, { ...training, split: first! }), { checkpoints })).forecaster.dispose();
    const resumed = recipe.fit(recipe.plan(set, { ...training, split: second! }), { checkpoints, resume: true });
    await expect(resumed).rejects.toThrow(/split/);
  });

  it('an embargo changes what is trained on', async () => {
    const mae = async (embargo: number): Promise<readonly number[]> => {
      const { folds } = await backtest(nhits(), set, { ...walk, embargo, rivals: [] });
      return folds.map(({ evaluation }) => evaluation.rows[0]!.mae);
    };
    const [none, some] = [await mae(0), await mae(5)];
    expect(some.slice(0, 2)).toEqual(none.slice(0, 2));
    expect(some[2]).not.toBe(none[2]);
  });

  it('ends in the middle of a training run', async () => {
    const before = backend.memory().tensors;
    const stop = new AbortController();
    const long = estimatorOf(
      new NhitsForecaster(backend, options),
      { maxUpdates: 1e6 },
      {
        onEvent: (event) => {
          if (event.type === 'update-end' && event.update === 3) stop.abort(new Error('enough'));
        },
      },
    );
    await expect(backtest(long, set, { ...walk, signal: stop.signal })).rejects.toThrow('enough');
    expect(backend.memory().tensors).toBe(before);
  });
});
