import { distributionParameters, layerActivations, scaleDecouples, windowNormalizations } from '@nt/layers';
import { nearestName } from '@nt/tensor';
import { NbeatsError } from './nbeats-error.ts';
import { type NbeatsConfig, type NbeatsOptions, stackTypes } from './nbeats-options.ts';
import { trendBases } from './trend-basis.ts';

const defaults: Omit<NbeatsConfig, 'inputSize' | 'horizon'> = {
  stackTypes: ['identity', 'trend', 'seasonality'],
  nBlocks: [1, 1, 1],
  hiddenSize: 512,
  mlpUnits: null,
  activation: 'relu',
  basis: 'polynomial',
  nBasis: 2,
  nHarmonics: 2,
  sharedWeights: false,
  outputs: 1,
  windowNormalization: 'none',
  scaleDecouple: 'none',
  historic: 0,
  future: 0,
  static: 0,
};

const keys = ['inputSize', 'horizon', ...Object.keys(defaults)];

/**
 * Fills in defaults and checks everything.
 *
 * @throws NbeatsError `nbeats/option` naming the option, what was expected and what was found
 */
export function nbeatsConfig(options: NbeatsOptions): NbeatsConfig {
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) throw wrong(key, `no such option; did you mean '${nearestName(key, keys)}'?`, undefined);
  }
  const config: NbeatsConfig = { ...defaults, ...options };
  for (const name of ['inputSize', 'horizon', 'hiddenSize', 'outputs', 'nBasis', 'nHarmonics'] as const)
    checkInteger(name, config[name], 1);
  checkNames('activation', [config.activation], layerActivations);
  checkNames('basis', [config.basis], trendBases);
  checkNames('windowNormalization', [config.windowNormalization], windowNormalizations);
  checkNames('scaleDecouple', [config.scaleDecouple], scaleDecouples);
  checkOutputs(config);
  if (typeof config.sharedWeights !== 'boolean')
    throw wrong('sharedWeights', 'expected true or false', config.sharedWeights);
  checkStacks(config);
  checkMlpUnits(config.mlpUnits);
  for (const name of ['historic', 'future', 'static'] as const) {
    if (config[name] !== 0)
      throw wrong(name, 'N-BEATS takes no covariates; leave them out of the data, or use nhits', config[name]);
  }
  return config;
}

function checkOutputs({ outputs, scaleDecouple }: NbeatsConfig): void {
  if (scaleDecouple === 'none') return;
  const wanted = distributionParameters[scaleDecouple].length;
  if (outputs !== wanted) throw wrong('outputs', `${scaleDecouple} has ${wanted} parameters`, outputs);
}

function checkStacks({ stackTypes: types, nBlocks, horizon, basis, nBasis }: NbeatsConfig): void {
  if (!Array.isArray(types) || types.length === 0) throw wrong('stackTypes', 'expected a list of stacks', types);
  checkNames('stackTypes', types, stackTypes);
  if (!Array.isArray(nBlocks) || nBlocks.length !== types.length)
    throw wrong('nBlocks', `expected ${types.length} integers, one for each stack of stackTypes`, nBlocks);
  for (const count of nBlocks) checkInteger('nBlocks', count, 1);
  const interpreted = types.find((type) => type !== 'identity');
  if (horizon === 1 && interpreted)
    throw wrong('horizon', `expected at least 2 for a stack of ${interpreted}`, horizon);
  if (basis === 'spline' && nBasis < 3) throw wrong('nBasis', 'expected at least 3 for a spline', nBasis);
}

function checkMlpUnits(units: NbeatsConfig['mlpUnits']): void {
  if (units === null) return;
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(units) || units.length === 0 || !units.every(isPair))
    throw wrong('mlpUnits', 'expected a list of pairs [inputs, outputs]', units);
  for (const width of units.flat()) checkInteger('mlpUnits', width, 1);
  const gap = units.findIndex(([inputs], i) => i > 0 && units[i - 1]![1] !== inputs);
  if (gap > 0) throw wrong('mlpUnits', `the inputs of pair ${gap} must be the outputs of the pair before`, units);
}

function checkNames(option: string, names: readonly unknown[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name as string));
  if (unknown !== undefined) throw wrong(option, `expected one of ${known.join(', ')}`, unknown);
}

function checkInteger(option: string, value: unknown, least: number): void {
  if (!Number.isInteger(value) || (value as number) < least)
    throw wrong(option, `expected an integer >= ${least}`, value);
}

function wrong(option: string, expected: string, received: unknown): NbeatsError {
  const found =
    received === undefined ? '' : `, got ${typeof received === 'bigint' ? `${received}n` : JSON.stringify(received)}`;
  return new NbeatsError('nbeats/option', `N-BEATS option '${option}': ${expected}${found}.`, { option, received });
}
