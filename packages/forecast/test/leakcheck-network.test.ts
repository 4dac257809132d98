import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Estimator, estimatorOf, leakcheck, NhitsForecaster } from '../src/index.ts';
import { fitQuickly, options } from './fit-quickly.ts';
import { failing, noisy, set, valueAt, withColumn } from './planted-leaks.ts';

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
