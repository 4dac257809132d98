/** Any `@tensorflow/*` package. */
export const tensorflow = '@tensorflow/*';

const libraries = [
  '@nt/data',
  '@nt/forecast',
  '@nt/jobs',
  '@nt/layers',
  '@nt/linear',
  '@nt/nbeats',
  '@nt/nhits',
  '@nt/optim',
  '@nt/report',
  '@nt/safetensors',
  '@nt/schedulers',
  '@nt/tensor',
  '@nt/tensorboard',
  '@nt/trainer',
];

/**
 * Who may import whom: the one table. Left: a package's library code, or the folder of one of its entries, which may
 * then do what it says here and what its package may. Right: other packages of ours, and `@tensorflow/*` as one word.
 * A new arrow is a change of the architecture: it needs a decision record.
 */
export const allowedArrows: Readonly<Record<string, readonly string[]>> = {
  '@nt/schedulers': [],
  '@nt/data': [],
  '@nt/jobs': [],
  '@nt/safetensors': [],
  '@nt/tensorboard': [],

  '@nt/tensor': [],
  '@nt/tensor/tfjs': [tensorflow],

  '@nt/optim': ['@nt/tensor'],
  '@nt/optim/tfjs': [tensorflow],
  '@nt/trainer': ['@nt/tensor', '@nt/optim', '@nt/safetensors'],
  '@nt/layers': ['@nt/tensor'],
  '@nt/layers/neuralforecast': ['@nt/safetensors'],
  '@nt/nbeats': ['@nt/tensor', '@nt/layers'],
  '@nt/nhits': ['@nt/tensor', '@nt/layers'],
  '@nt/linear': ['@nt/tensor', '@nt/data', '@nt/layers'],
  '@nt/forecast': [
    '@nt/tensor',
    '@nt/data',
    '@nt/trainer',
    '@nt/layers',
    '@nt/linear',
    '@nt/nbeats',
    '@nt/nhits',
    '@nt/optim',
    '@nt/schedulers',
    '@nt/safetensors',
  ],
  '@nt/forecast/neuralforecast': ['@nt/layers'],

  '@nt/report': ['@nt/data', '@nt/forecast', '@nt/trainer'],

  '@nt/backend-cpu': ['@nt/tensor', tensorflow],
  '@nt/backend-webgpu': ['@nt/tensor', tensorflow],
  '@nt/backend-node-gpu': ['@nt/tensor', tensorflow],

  '@nt/engine-tests': [
    '@nt/tensor',
    '@nt/data',
    '@nt/linear',
    '@nt/nbeats',
    '@nt/nhits',
    '@nt/optim',
    '@nt/trainer',
    tensorflow,
  ],
  '@nt/onnx-tests': [],
  '@nt/job-servers': [],

  '@nt/cli': [...libraries, '@nt/backend-cpu', '@nt/backend-webgpu', '@nt/backend-node-gpu'],
  '@nt/playground': [...libraries, '@nt/backend-cpu', '@nt/backend-webgpu'],
  '@nt/examples': [],
  '@nt/conventions': [],
  '@nt/run': [],
};
