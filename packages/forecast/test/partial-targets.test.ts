import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NhitsForecaster } from '../src/index.ts';
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
