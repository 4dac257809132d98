import { readdirSync, readFileSync } from 'node:fs';
import { createNhits } from '@nt/nhits';
import { fromNeuralforecast } from '@nt/nhits/neuralforecast';
import { createReferenceBackend } from '@nt/tensor/reference';

// What `NeuralForecast.save('saved')` wrote in Python.
const folder = new URL('../test/golden/saved/level/', import.meta.url);
const files = readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))] as const);

const { options, weights, loss, localScalerType } = fromNeuralforecast(Object.fromEntries(files));
console.log(loss, options.windowNormalization, localScalerType);

const { ops } = createReferenceBackend();
const model = createNhits(ops, options, { weightsFollow: true });
model.loadWeights(weights);
const input = ops.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, options.inputSize]);
console.log(model.forward({ input }, { training: false, random: { seed: 1, counter: 0 } }).shape);
//> { name: 'quantile', quantiles: [ 0.1, 0.5, 0.9 ], crossing: 'allow' } robust standard
//> [ 1, 4, 3 ]
