import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { modelFactories, NhitsForecaster, optimize } from '@nt/forecast';

const sales = Array.from(
  { length: 300 },
  (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 8 * Math.sin(day * 12.9898),
);
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });
const backend = await createCpuBackend();

const found = await optimize(modelFactories.nhits, backend, data, {
  space: {
    inputSize: [7, 14, 28],
    learningRate: { min: 1e-4, max: 1e-1, scale: 'log' },
    'model.hiddenSize': [8, 16],
  },
  forecaster: { horizon: 7 },
  trials: 9,
  maxUpdates: 45,
  seconds: 600,
});
console.log(found.leaderboard.map(({ updates }) => updates).join(' '));

const recipe = new NhitsForecaster(backend, found.best!.forecaster);
const { forecaster } = await recipe.fit(recipe.plan(data, { ...found.best!.training, test: 0.2 }));
const { skill } = await forecaster.evaluate(data);
console.log(`${skill!.verdict}, the best of ${found.trials} trials`);
//> 45 15 15 5 5 5 5 5 5
//> better, the best of 9 trials

forecaster.dispose();
await backend.dispose();
