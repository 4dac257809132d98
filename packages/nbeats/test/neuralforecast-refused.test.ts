import { LayersError } from '@nt/layers';
import { parse, serialize } from '@nt/safetensors';
import { expect, it } from 'vitest';
import { fromNeuralforecast } from '../src/neuralforecast/index.ts';
import { readCase } from './saved-cases.ts';

const { files } = readCase('mae');
const name = 'NBEATS_0.safetensors';

/** The case's model file with other arguments of the Python class, or another array. */
function modelWith(hyperParameters: object, arrays: object = {}, metadata: Readonly<Record<string, string>> = {}) {
  const file = parse(files[name]!);
  const saved = JSON.parse(file.metadata!.get('hyper_parameters')!) as object;
  const parts = {
    ...Object.fromEntries(file.metadata!),
    hyper_parameters: JSON.stringify({ ...saved, ...hyperParameters }),
    ...metadata,
  };
  const changed = serialize({ ...Object.fromEntries(file.tensors), ...arrays }, parts);
  return { ...files, [name]: changed };
}

it.each([
  [
    'N-HiTS',
    modelWith({}, {}, { model_class: 'NHITS' }),
    /is a NHITS, not a NBEATS; read it with @nt\/nhits\/neuralforecast/,
  ],
  ['NBEATSx', modelWith({}, {}, { model_class: 'NBEATSx' }), /is a NBEATSx; there are NHITS and NBEATS/],
  ['another basis', modelWith({ basis: 'fourier' }), /its basis has fourier; known: legendre/],
  ['another stack', modelWith({ stack_types: ['wavelet'] }), /its stack_types has wavelet; known: identity/],
  ['another activation', modelWith({ activation: 'GELU' }), /its activation is GELU; known: ReLU/],
  ['another scaler', modelWith({ scaler_type: 'boxcox' }), /its scaler_type is boxcox; known: identity, standard/],
  ['GMM', modelWith({ loss: { cls: 'GMM', args: {} } }), /its loss is GMM/],
  [
    'functions of time that are not those of the options',
    modelWith(
      {},
      {
        'blocks.1.basis.forecast_basis': { shape: [3, 4], dtype: 'float32', data: new Float32Array(12).fill(1) },
      },
    ),
    /its blocks\.1\.basis\.forecast_basis is not what basis 'polynomial' gives/,
  ],
  [
    'waves of other options',
    modelWith({ n_harmonics: 1 }),
    /its blocks\.2\.layers\.5\.weight is \[12,4\], and its hyper-parameters ask for \[8,4\]/,
  ],
] as [string, Record<string, Uint8Array>, RegExp][])('%s: refused by name', (_, folder, message) => {
  try {
    fromNeuralforecast(folder);
    expect.unreachable();
  } catch (error) {
    expect(String(error)).toMatch(message);
    expect(LayersError.isInstance(error) && error.code).toBe('layers/neuralforecast');
  }
});

it.each([
  ['mae', { name: 'mae' }, { scalerType: 'identity', alias: 'NBEATS', horizon: 4, inputSize: 10, frequency: 1 }],
  ['level', { name: 'quantile', quantiles: [0.1, 0.5, 0.9], crossing: 'allow' }, { localScalerType: 'standard' }],
  ['quantiles', { name: 'quantile', quantiles: [0.05, 0.25, 0.5, 0.9], crossing: 'allow' }, {}],
  ['invariant', { name: 'huber', delta: 2 }, { scalerType: 'invariant', localScalerType: null }],
  ['counts', { name: 'negativeBinomial' }, { historic: [], future: [], static: [] }],
])('%s: says its loss and scalers', (folder, loss, rest) => {
  const read = fromNeuralforecast(readCase(folder).files);
  expect(read.loss).toEqual(loss);
  expect(read).toMatchObject(rest);
});
