import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  modelFactories,
  NhitsForecaster,
  type Optimization,
  type OptimizeOptions,
  optimize,
  type SearchSpace,
  type TrialResult,
} from '../src/index.ts';
import { drawPoint } from '../src/search/search-space.ts';
import { nextJob, type RungResult, rungUpdates } from '../src/search/successive-halving.ts';
import { withoutTimes } from './quick-blend.ts';
import { quickOptions, quickSearch, searched } from './quick-search.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const search = (change: Partial<OptimizeOptions> = {}, set?: SeriesSet): Promise<Optimization> =>
  quickSearch(backend, change, set);

describe('a search', () => {
  let found: Optimization;
  const results: TrialResult[] = [];
  beforeAll(async () => {
    found = await search({ onEvent: (event) => void (event.type === 'trial-end' && results.push(event.result)) });
  });

  it('gives better trials more updates, and ranks those that got furthest', () => {
    const at = (updates: number): number => results.filter((one) => one.updates === updates).length;
    expect([at(2), at(6), at(18), results.length]).toEqual([6, 2, 1, 9]);
    const { leaderboard, trials, timedOut } = found;
    expect([trials, timedOut, leaderboard.length]).toEqual([6, false, 6]);
    expect(leaderboard.map(({ updates }) => updates)).toEqual([18, 6, 2, 2, 2, 2]);
    const lowest = leaderboard.slice(2).map(({ score }) => score!);
    expect(lowest).toEqual([...lowest].sort((a, b) => a - b));
    expect(new Set(results.map(({ point }) => JSON.stringify(point))).size).toBe(6);
    for (const { scores, score } of results) expect(score).toBeCloseTo((scores[0]! + scores[1]!) / 2, 12);
  });

  it('its best can be planned and fitted', async () => {
    const { forecaster, training } = found.best!;
    const { point } = found.leaderboard[0]!;
    expect([forecaster.inputSize, training.learningRate]).toEqual([point['inputSize'], point['learningRate']]);
    expect(forecaster.model).toMatchObject({ hiddenSize: point['model.hiddenSize'], variant: 'paper' });
    expect([forecaster.horizon, training.batchSize, training.maxUpdates]).toEqual([2, 32, 18]);
    const recipe = new NhitsForecaster(backend, forecaster);
    (await recipe.fit(recipe.plan(searched, { ...training, test: 0.2 }))).forecaster.dispose();
  });

  it('looks at nothing of the test part', async () => {
    const { starts } = splitByTime(searched, { validation: 0, test: 0.2 }).test;
    const other = {
      ...searched,
      values: searched.values.map((value, row) => (row >= starts[0]! ? 5 - 3 * value : value)),
    };
    const again = await search({}, other);
    expect(withoutTimes(again)).toEqual(withoutTimes(found));
  });

  it('goes on with what is finished, to the same outcome', async () => {
    const controller = new AbortController();
    const before: TrialResult[] = [];
    const stopped = search({
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type !== 'trial-end') return;
        before.push(JSON.parse(JSON.stringify(event.result)));
        if (before.length === 4) controller.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    const begun: number[] = [];
    const again = await search({
      finished: before,
      onEvent: (event) => void (event.type === 'trial-start' && begun.push(event.trial)),
    });
    expect(begun.length).toBe(results.length - 4);
    expect(withoutTimes(again)).toEqual(withoutTimes(found));
    await expect(search({ finished: before, seed: 2 })).rejects.toThrow(/finished: expected results of this search/);
    await expect(search({ finished: before, folds: 3 })).rejects.toThrow(/finished: expected results of this search/);
  });

  it('results of another network or engine are not its own', async () => {
    const small = { ...quickOptions, forecaster: { horizon: 2 }, trials: 1, minUpdates: 1, maxUpdates: 1 };
    const finished = (await optimize(modelFactories.nhits, backend, searched, small)).leaderboard;
    await expect(optimize(modelFactories.nhits, backend, searched, { ...small, finished })).resolves.toBeDefined();
    const refused = /finished: expected results of this search/;
    await expect(optimize(modelFactories.nbeats, backend, searched, { ...small, finished })).rejects.toThrow(refused);
    const other = createReferenceBackend();
    await expect(optimize(modelFactories.nhits, other, searched, { ...small, finished })).rejects.toThrow(refused);
    await other.dispose();
  });

  it('another seed draws other points; time ends it', async () => {
    const other = await search({ seed: 2, trials: 1, maxUpdates: 2 });
    expect(other.leaderboard[0]!.point).not.toEqual(results[0]!.point);
    const late = await search({ finished: results.slice(0, 2), seconds: 1e-9 });
    expect([late.trials, late.timedOut]).toEqual([2, true]);
    expect((await search({ seconds: 0 })).best).toBe(null);
  });

  it('metric says what is minimised; a trial that the data are too short for has failed, and says why', async () => {
    const space: SearchSpace = { inputSize: [500, 7], learningRate: [0.01] };
    const { leaderboard, best } = await search({ space, trials: 5, minUpdates: 2, maxUpdates: 2, metric: 'mse' });
    const failed = leaderboard.filter(({ score }) => score === null);
    expect([failed.length > 0, failed.length < 5]).toEqual([true, true]);
    expect(failed[0]!.problem).toMatch(/500/);
    expect(leaderboard.at(-1)!.score).toBe(null);
    expect(best!.forecaster.inputSize).toBe(7);
    const byMae = await search({ space, trials: 5, minUpdates: 2, maxUpdates: 2 });
    expect(byMae.leaderboard[0]!.score).not.toBe(leaderboard[0]!.score);
  });

  it.each([
    [{ space: {} }, /space: expected at least one option/],
    [{ space: { learningrate: [1] } }, /no space option 'learningrate'; did you mean 'learningRate'/],
    [{ space: { maxUpdates: [1] } }, /no space option 'maxUpdates'/],
    [{ space: { optimizer: ['adam', 'admw'] } }, /did you mean 'adamw'/],
    [{ space: { 'model.hiddenSiz': [4] } }, /hiddenSize/],
    [{ space: { inputSize: { min: 3, max: 2 } } }, /space\.inputSize: expected numbers min <= max/],
    [{ space: { learningRate: { min: 0, max: 2, scale: 'log' } } }, /min: expected a number > 0 with scale 'log'/],
    [{ space: { inputSize: [] } }, /at least one value/],
    // Drawn points have a share of a step between the ends, which are whole.
    [{ space: { inputSize: { min: 7, max: 14 } } }, /inputSize: expected/],
    [{ space: { 'model.hiddenSize': { min: 4, max: 12 } } }, /hiddenSize/],
    // Each for itself is good.
    [{ space: { 'model.nBlocks': [[1]], 'model.nPoolKernelSize': [[2, 2]] } }, /nPoolKernelSize/],
    [{ space: { loss: ['negativeBinomial', 'mae'], scaler: ['none', 'standard'] } }, /scaler: expected none with/],
    [{ space: { loss: ['negativeBinomial'], scaler: ['none'] } }, /negativeBinomial wants counts/],
    [{ space: null }, /space: expected an object with options, got null/],
    [{ space: [] }, /space: expected an object with options, got a list/],
    [{ finished: null }, /finished: expected a list of results, got null/],
    [{ finished: [null] }, /finished: expected an object with options, got null/],
    [{ training: null }, /training: expected an object with options, got null/],
    [{ forecaster: null }, /forecaster: expected an object with options, got null/],
    [{ signal: null }, /signal: expected an AbortSignal, got null/],
    [{ trial: 3 }, /did you mean 'trials'/],
    [{ minUpdates: 50 }, /minUpdates: expected at most maxUpdates, 18/],
    [{ forecaster: { horizon: 2, seed: 3 } }, /forecaster\.seed: expected seed beside it/],
    [{ training: { maxEpochs: 3 } }, /training\.maxEpochs: expected left out/],
  ])('%j is refused before anything is tried', async (change, message) => {
    const onEvent = (): never => {
      throw new Error('begun');
    };
    await expect(search({ ...(change as object), onEvent })).rejects.toThrow(message);
  });
});

describe('points', () => {
  it('lie in their ranges, each value of a list and each step as often, and equal ratios with log', () => {
    const space: SearchSpace = {
      batchSize: [32, 64],
      inputSize: { min: 4, max: 12, step: 4 },
      learningRate: { min: 1e-4, max: 1e-2, scale: 'log' },
      weightDecay: { min: -1, max: 3 },
    };
    const points = Array.from({ length: 3000 }, (_, trial) => drawPoint(space, 7, trial));
    const share = (name: string, test: (value: never) => boolean): number =>
      points.filter((point) => test(point[name] as never)).length / points.length;
    expect(share('batchSize', (value) => value === 32)).toBeCloseTo(1 / 2, 1);
    for (const step of [4, 8, 12]) expect(share('inputSize', (value) => value === step)).toBeCloseTo(1 / 3, 1);
    expect(share('learningRate', (value) => value < 1e-3)).toBeCloseTo(1 / 2, 1);
    expect(share('learningRate', (value) => value >= 1e-4 && value <= 1e-2)).toBe(1);
    expect(share('weightDecay', (value) => value < 0)).toBeCloseTo(1 / 4, 1);
    expect(drawPoint(space, 7, 5)).toEqual(points[5]);
  });
});

describe('successive halving', () => {
  /** Runs it on scores by trial; the order in which trials and rungs come. */
  function run(score: (trial: number, rung: number) => number | null, rungs: number, eta: number, trials: number) {
    const results: RungResult[] = [];
    for (let job = nextJob(results, { rungs, eta, trials }); job; job = nextJob(results, { rungs, eta, trials })) {
      results.push({ ...job, score: score(job.trial, job.rung) });
    }
    return results;
  }

  it('the best 1/eta of a rung go on as soon as they are known', () => {
    const order = run((trial) => trial, 3, 3, 9).map(({ trial, rung }) => [trial, rung]);
    expect(order.slice(0, 5)).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [3, 0],
    ]);
    expect(order.filter(([, rung]) => rung === 1).length).toBe(3);
    expect(order.filter(([, rung]) => rung === 2)).toEqual([[0, 2]]);
  });

  it('few trials reach the top too; those that failed never do; nothing runs twice', () => {
    expect(run((trial) => trial, 3, 3, 1).map(({ rung }) => rung)).toEqual([0, 1, 2]);
    expect(run(() => null, 3, 3, 4).map(({ rung }) => rung)).toEqual([0, 0, 0, 0]);
    const all = run((trial, rung) => Math.sin(9 * trial + rung), 4, 2, 20);
    expect(new Set(all.map(({ trial, rung }) => `${trial} ${rung}`)).size).toBe(all.length);
    expect(all.filter(({ rung }) => rung === 0).length).toBe(20);
  });

  it('numbers of updates grow by eta up to the most', () => {
    expect(rungUpdates(50, 500, 3)).toEqual([56, 167, 500]);
    expect(rungUpdates(500, 500, 3)).toEqual([500]);
  });
});
