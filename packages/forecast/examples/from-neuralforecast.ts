import { readFileSync } from 'node:fs';
import { seriesFromArrays } from '@nt/data';
import { fromNeuralforecastFiles } from '@nt/forecast/neuralforecast';
import { createReferenceBackend } from '@nt/tensor/reference';

// What `NeuralForecast.save('saved')` wrote in Python.
const folder = new URL('../test/golden/neuralforecast/point/', import.meta.url);
const files = ['configuration.json', 'NHITS_0.safetensors'].map(
  (name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))] as const,
);
const forecaster = await fromNeuralforecastFiles(createReferenceBackend(), Object.fromEntries(files));
console.log(forecaster.method, forecaster.horizon, forecaster.state.loss.name);

const values = Array.from({ length: 48 }, (_, hour) => 20 + 6 * Math.sin((2 * Math.PI * hour) / 12));
const data = seriesFromArrays([{ id: 'shop', values, start: '2026-01-01' }], { frequency: 'hour', target: 'y' });
const { series } = await forecaster.predict(data);
console.log(series[0]!.values.length);
forecaster.dispose();
//> nhits 4 mae
//> 4
