import { createCpuBackend } from '@nt/backend-cpu';
import { NhitsForecaster } from '../src/index.ts';
import { etth1, nordPool, usBirths } from './public-sets.ts';

const [name, input, seed, norm] = process.argv.slice(2);
const backend = await createCpuBackend({ threads: 1 });
const sets = {
  etth1: () => ({ ...etth1(), horizon: 96, calendar: [] as string[] }),
  np: () => ({ ...nordPool({ isPriceOnly: true }), horizon: 24, calendar: ['hourOfDay', 'dayOfWeek'] }),
  npx: () => ({ ...nordPool({ isPriceOnly: false }), horizon: 24, calendar: [] }),
  npcal: () => ({ ...nordPool({ isPriceOnly: true }), horizon: 24, calendar: [] }),
  births: () => ({ ...usBirths(), horizon: 28, calendar: [] }),
};
const { set, validation, test, horizon, calendar } = sets[name as keyof typeof sets]();
const recipe = new NhitsForecaster(backend, {
  horizon,
  inputSize: Number(input),
  seed: Number(seed),
  scaler: 'standard',
  calendar: calendar as never,
});
const t = performance.now();
const { forecaster } = await recipe.fit(recipe.plan(set, { preset: 'reference', validation, test }));
const e = await forecaster.evaluate(set, { metrics: ['mse'] });
console.log(
  name,
  input,
  seed,
  norm,
  'mse',
  e.rows[0]!.metrics.mse!.toFixed(4),
  'mae',
  e.rows[0]!.mae.toFixed(4),
  'naive',
  e.rows[1]!.metrics.mse!.toFixed(3),
  ((performance.now() - t) / 1000).toFixed(0) + 's',
);
