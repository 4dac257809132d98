import { LayersError } from '@nt/layers';
import { parse, serialize } from '@nt/safetensors';
import { expect, it } from 'vitest';
import { fromNeuralforecast } from '../src/neuralforecast/index.ts';
import { readCase } from './saved-cases.ts';

const { files } = readCase('mae');
const name = 'NHITS_0.safetensors';
type Changes = Readonly<Record<string, unknown>>;

/** The case's model file with other metadata or other arguments of the Python class. */
function modelWith(hyperParameters: Changes = {}, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const file = parse(files[name]!);
  const saved = JSON.parse(file.metadata!.get('hyper_parameters')!) as object;
  const changed = { ...saved, ...hyperParameters };
  const arrays = Object.fromEntries(file.tensors);
  const parts = { ...Object.fromEntries(file.metadata!), hyper_parameters: JSON.stringify(changed), ...metadata };
  return serialize(arrays, parts);
}

const loss = (cls: string, args: object = {}): Changes => ({ loss: { __nf__: 'loss', cls, args } });
const configuration = (text: string) => ({ ...files, 'configuration.json': new TextEncoder().encode(text) });

it.each([
  ['no configuration', { [name]: files[name]! }, /it has no 'configuration.json'/],
  [
    'an old folder',
    { 'configuration.pkl': new Uint8Array(), 'NHITS_0.ckpt': new Uint8Array() },
    /saved with pickle.*neuralforecast.migrate/,
  ],
  [
    'an old model',
    { 'configuration.json': files['configuration.json']!, 'NHITS_0.ckpt': new Uint8Array() },
    /'.ckpt' files, which hold pickle.*neuralforecast.migrate/,
  ],
  ['no model', { 'configuration.json': files['configuration.json']! }, /it has no model file/],
  ['another format', configuration('{"nf_format":"3","configuration":{}}'), /its format is '3'/],
  [
    'levels of categories',
    configuration('{"nf_format":"2","configuration":{"categorical_vocab_":{"city":{"Rome":1}}}}'),
    /categorical covariates \(city\)/,
  ],
  ['a torn configuration', configuration('{"nf_'), /configuration.json is not JSON/],
  ['a torn model', { ...files, [name]: files[name]!.slice(0, 900) }, /'NHITS_0.safetensors' is damaged/],
  [
    'another model',
    { ...files, [name]: modelWith({}, { model_class: 'NBEATSx' }) },
    /is a NBEATSx; there are NHITS and NBEATS/,
  ],
  [
    'N-BEATS',
    { ...files, [name]: modelWith({}, { model_class: 'NBEATS' }) },
    /is a NBEATS, not a NHITS; read it with @nt\/nbeats\/neuralforecast/,
  ],
  [
    'another scaler',
    { ...files, [name]: modelWith({ scaler_type: 'boxcox' }) },
    /its scaler_type is boxcox; known: identity/,
  ],
  [
    'another activation',
    { ...files, [name]: modelWith({ activation: 'GELU' }) },
    /its activation is GELU; known: ReLU/,
  ],
  ['two models', { ...files, 'other_0.safetensors': files[name]! }, /several models: NHITS, other; name one/],
  [
    'categories',
    { ...files, [name]: modelWith({ cat_exog_list: ['city'] }) },
    /embeds categories \(cat_exog_list: city\)/,
  ],
  ['GMM', { ...files, [name]: modelWith(loss('GMM')) }, /its loss is GMM/],
  [
    'Poisson',
    { ...files, [name]: modelWith(loss('DistributionLoss', { distribution: 'Poisson' })) },
    /DistributionLoss\('Poisson'\)/,
  ],
  ['MAPE', { ...files, [name]: modelWith(loss('MAPE')) }, /its loss is MAPE; load it in Python with `loss=` MAE\(\)/],
  ['HuberMQLoss', { ...files, [name]: modelWith(loss('HuberMQLoss')) }, /`loss=` MQLoss with the same quantiles/],
  [
    'horizon weights',
    { ...files, [name]: modelWith(loss('MAE', { horizon_weight: [1, 2] })) },
    /MAE with horizon_weight/,
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

it('reads the named one of several', () => {
  const folder = { ...files, 'other_0.safetensors': modelWith({ max_steps: 3 }) };
  expect(fromNeuralforecast(folder, { model: 'other' }).alias).toBe('other');
  expect(() => fromNeuralforecast(folder, { model: 'third' })).toThrow(/no model 'third'; it has NHITS, other/);
});

it.each([
  [
    'exogenous',
    { name: 'mse' },
    { historic: ['x1'], future: ['f1', 'f2'], static: ['a', 'b'], scalerType: 'standard' },
  ],
  ['invariant', { name: 'huber', delta: 2 }, { scalerType: 'invariant', localScalerType: null }],
  ['level', { name: 'quantile', quantiles: [0.1, 0.5, 0.9], crossing: 'allow' }, { localScalerType: 'standard' }],
  ['quantiles', { name: 'quantile', quantiles: [0.05, 0.25, 0.5, 0.9], crossing: 'allow' }, {}],
  ['normal', { name: 'normal', minScale: 1e-6 }, { frequency: 1 }],
  ['student', { name: 'studentT', minScale: 1e-6 }, { columns: { id: 'unique_id', time: 'ds', target: 'y' } }],
  ['counts', { name: 'negativeBinomial' }, { horizon: 4, inputSize: 10, alias: 'NHITS' }],
])('%s: says its loss, covariates and scalers', (name, loss, rest) => {
  const read = fromNeuralforecast(readCase(name).files);
  expect(read.loss).toEqual(loss);
  expect(read).toMatchObject(rest);
});
