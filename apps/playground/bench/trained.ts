import type { NetworkTrainRequest } from '@nt/forecast/worker';
import { type Settings, trainRequest } from '../src/settings.ts';
import type { Filled } from '../test/visitor.ts';

const network = { inputSize: 56, epochs: 60, hiddenSize: 128, learningRate: 0.002 };
const settings: Settings = { what: 'network', horizon: 14, seed: 1, engine: 'cpu', network };
const request = trainRequest(settings);
if ('recipe' in request) throw new Error('expected one network');

/** What page and Node train: the form as it is filled in, and the request that it makes. */
export const trained: { readonly filled: Filled; readonly request: NetworkTrainRequest } = {
  filled: {
    horizon: String(settings.horizon),
    'input-size': String(network.inputSize),
    epochs: String(network.epochs),
    'hidden-size': String(network.hiddenSize),
    'learning-rate': String(network.learningRate),
  },
  request,
};
