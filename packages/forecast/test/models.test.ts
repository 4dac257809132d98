import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime } from '@nt/data';
import { fitRidge, ridgeNetwork } from '@nt/linear';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Forecaster,
  fromModelFiles,
  type ModelName,
  modelFactories,
  ridgePredictor,
  toModelFiles,
} from '../src/index.ts';
import { quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ kernels: 'wasm', threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const networks = { nhits: { hiddenSize: 8 }, nbeats: { hiddenSize: 8 }, linear: {} } as const;
const size = { horizon: 7, inputSize: 21 };

describe.each(Object.keys(modelFactories) as ModelName[])('%s', (name) => {
  it.each(['mae', { name: 'quantile', quantiles: [0.1, 0.5, 0.9] }, 'normal'] as const)(
    'trains with %j, forecasts, and does the same from its files',
    async (loss) => {
      const recipe = new Forecaster(modelFactories[name], backend, { ...size, model: networks[name] });
      expect(recipe.method).toBe(name);
      const set = madeSeries();
      const { forecaster, result } = await recipe.fit(recipe.plan(set, { ...quick, loss }));
      expect(result.updates).toBeGreaterThan(0);
      const quantiles = loss === 'mae' ? {} : { quantiles: [0.1, 0.9] };
      const before = await forecaster.predict(set, quantiles);
      for (const { values } of before.series) expect([...values].every(Number.isFinite)).toBe(true);
      const again = await fromModelFiles(backend, await toModelFiles(forecaster));
      expect((await again.predict(set, quantiles)).series).toEqual(before.series);
      forecaster.dispose();
      again.dispose();
    },
  );
});

it('a linear network that begins at a ridge is the ridge, and goes on training', async () => {
  const set = madeSeries();
  const split = splitByTime(set, { validation: 0.15, test: 0.2 });
  const fitted = await fitRidge(set, split, { horizon: 7, lookbacks: [14, 21], matrices: 'shared' });
  const { options, start } = ridgeNetwork(fitted);
  const { inputSize, horizon } = options;
  const recipe = new Forecaster(modelFactories.linear, backend, { inputSize, horizon });
  const plan = recipe.plan(set, { maxUpdates: 1, learningRate: 1e-7, validation: 0.15, test: 0.2 });
  const { forecaster } = await recipe.fit(plan, { from: { saveWeights: async () => start } });
  const forecast = await forecaster.predict(set);
  const expected = await ridgePredictor(fitted).predict(set);
  forecast.series.forEach(({ values }, s) => {
    values.forEach((value, t) => void expect(value / expected.series[s]!.values[t]!).toBeCloseTo(1, 4));
  });
  forecaster.dispose();
});

it('N-BEATS names what it does not take: covariates', async () => {
  const recipe = new Forecaster(modelFactories.nbeats, backend, { ...size, calendar: ['dayOfWeek'] });
  await expect(recipe.fit(recipe.plan(madeSeries(), quick))).rejects.toThrow(/N-BEATS takes no covariates/);
});
