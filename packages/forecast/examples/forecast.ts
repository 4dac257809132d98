import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { NhitsForecaster } from '@nt/forecast';

const sales = Array.from({ length: 200 }, (_, day) => 100 + 0.2 * day + 25 * Math.sin((2 * Math.PI * day) / 7));
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });

const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 28, model: { hiddenSize: 32 } });
const plan = recipe.plan(data, { maxEpochs: 30, batchSize: 32, learningRate: 5e-3, validation: 0.1, test: 0.2 });
const { forecaster } = await recipe.fit(plan);

const { rows } = await forecaster.evaluate(data);
const { series } = await forecaster.predict(data);
console.log(rows[0]!.mae < rows[2]!.mae ? 'better than last week again' : 'worse than last week again');
console.log(new Date(series[0]!.times[0]!).toISOString().slice(0, 10), series[0]!.values.length);
//> better than last week again
//> 2026-07-20 7

forecaster.dispose();
await backend.dispose();
