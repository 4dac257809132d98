import { readdirSync, readFileSync } from 'node:fs';
import { createNbeats } from '@nt/nbeats';
import { fromNeuralforecast } from '@nt/nbeats/neuralforecast';
import { createReferenceBackend } from '@nt/tensor/reference';

// What `NeuralForecast.save('saved')` wrote in Python.
const folder = new URL('../test/golden/saved/level/', import.meta.url);
const files = readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))] as const);

const { options, weights, loss, localScalerType } = fromNeuralforecast(Object.fromEntries(files));
console.log(loss, options.basis, options.windowNormalization, localScalerType);

const { ops } = createReferenceBackend();
const model = createNbeats(ops, options, { weightsFollow: true });
model.loadWeights(weights);
const input = ops.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, options.inputSize]);
const parts = model.decompose({ input });
console.log(parts.map(({ type, forecast }) => `${type} ${forecast.shape}`).join(', '));
//> { name: 'quantile', quantiles: [ 0.1, 0.5, 0.9 ], crossing: 'allow' } legendre robust standard
//> level 1,4,3, identity 1,4,3, trend 1,4,3, seasonality 1,4,3
