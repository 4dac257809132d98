// A model that was trained in Python forecasts the same here, is trained further, and is saved as one of ours.
import { readFile } from 'node:fs/promises';
import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { NhitsForecaster, toModelFiles } from '@nt/forecast';
import { fromNeuralforecastFiles } from '@nt/forecast/neuralforecast';

// What NeuralForecast.save('folder') of neuralforecast 3.3 wrote, and what NeuralForecast.predict() answered.
const folder = '../packages/forecast/test/golden/neuralforecast/point';
const names = ['configuration.json', 'NHITS_0.safetensors'];
const files = await Promise.all(names.map(async (name) => [name, new Uint8Array(await readFile(`${folder}/${name}`))]));
const told = JSON.parse(await readFile(`${folder}/expected.json`, 'utf8'));

const backend = await createCpuBackend();
const imported = await fromNeuralforecastFiles(backend, Object.fromEntries(files));
const data = seriesFromArrays(
  told.series.map(({ id, values }: { id: string; values: number[] }) => ({ id, values, start: told.start })),
  { frequency: 'hour', target: 'y' },
);
const { series } = await imported.predict(data);
const errors = series.flatMap(({ values }, index) =>
  Array.from(values, (value, step) => Math.abs(value / told.series[index].point[step] - 1)),
);
console.log(`${series.length} series of ${imported.horizon} steps`);
console.log(Math.max(...errors) < 1e-5 ? 'as Python, to 1e-5' : `differs by ${Math.max(...errors)}`);

// Fine-tuning: the same network, from these weights on, with a fresh optimizer.
const recipe = new NhitsForecaster(backend, imported.state.forecaster);
const { forecaster, result } = await recipe.fit(recipe.plan(data, { maxUpdates: 20, learningRate: 1e-4 }), {
  from: imported,
});
console.log(result.updates, Object.keys(await toModelFiles(forecaster)).includes('model.safetensors'));
forecaster.dispose();
imported.dispose();
await backend.dispose();
//> 2 series of 4 steps
//> as Python, to 1e-5
//> 20 true
