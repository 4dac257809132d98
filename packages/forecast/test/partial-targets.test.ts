import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actualOf } from '../src/evaluate/actual-of.ts';
import { NhitsForecaster } from '../src/index.ts';
import { windowsSeen } from '../src/saved/training-data.ts';
import { trainingBatches } from '../src/training/training-batches.ts';
import { options, quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

it('partialTargets: windows end behind the training part, and nothing behind it is learned', () => {
  const recipe = new NhitsForecaster(backend, options);
  const { set, split, forecaster, training, trainWindows } = recipe.plan(madeSeries(), {
    ...quick,
    partialTargets: true,
  });
  expect(trainWindows).toBe(recipe.plan(madeSeries(), quick).trainWindows + set.ids.length * (options.horizon - 1));
  const end = split.train.ends[0]!;
  for (const { size, origins, targetMask } of trainingBatches(set, split, forecaster, training)) {
    for (let slot = 0; slot < size; slot++)
      for (let step = 0; step < options.horizon; step++)
        expect(targetMask[slot * options.horizon + step]).toBe(origins[slot]! + step < end ? 1 : 0);
  }
});

it('what stands behind the targets of a window is not what came of it', () => {
  const set = seriesFromArrays([{ id: 'a', values: [1, 2, 3, 4, 5, 6] }]);
  const asked = (end: number) =>
    windows(set, {
      inputSize: 2,
      horizon: 2,
      partialTargets: true,
      ranges: { starts: Float64Array.of(0), ends: Float64Array.of(end) },
    });
  expect([...actualOf(asked(4))]).toEqual([3, 4, 4, Number.NaN]);
  expect([...actualOf(asked(6))].slice(-2)).toEqual([6, Number.NaN]);
  expect([windowsSeen(asked(4)).seenUntil, windowsSeen(asked(6)).seenUntil]).toEqual([{ a: 4 }, { a: 6 }]);
});

it('recencyHalfLife with partialTargets: no window counts more than the newest whole one', () => {
  const recipe = new NhitsForecaster(backend, options);
  const told = { ...quick, recencyHalfLife: 0.5, partialTargets: true };
  const { set, split, forecaster, training } = recipe.plan(madeSeries(), told);
  const newest = split.train.ends[0]! - options.horizon;
  let partial = 0;
  for (const { size, origins, weights } of trainingBatches(set, split, forecaster, training))
    for (let slot = 0; slot < size; slot++) {
      if (origins[slot]! > newest) partial++;
      expect(weights![slot]).toBe(Math.fround(2 ** (Math.min(0, origins[slot]! - newest) / 0.5)));
    }
  expect(partial).toBe(set.ids.length * (options.horizon - 1));
});
