import { distributionParameters, scaleDecouples, windowNormalizations } from '@nt/layers';
import { nearestName } from '@nt/tensor';
import { interpolationModes } from './interpolation-matrix.ts';
import { NhitsError } from './nhits-error.ts';
import { type LinearSkip, type NhitsConfig, type NhitsOptions, nhitsActivations } from './nhits-options.ts';

const defaults: Omit<NhitsConfig, 'inputSize' | 'horizon'> = {
  variant: 'neuralforecast',
  hiddenSize: 512,
  mlpUnits: null,
  nBlocks: [1, 1, 1],
  nPoolKernelSize: [2, 2, 1],
  nFreqDownsample: [4, 2, 1],
  poolingMode: 'MaxPool1d',
  interpolationMode: 'linear',
  activation: 'relu',
  dropoutProbTheta: 0,
  outputs: 1,
  windowNormalization: 'none',
  scaleDecouple: 'none',
  excludeInsampleY: false,
  linearSkip: false,
  recompute: false,
  historic: 0,
  future: 0,
  static: 0,
};

const keys = ['inputSize', 'horizon', ...Object.keys(defaults)];
const choices: Readonly<Record<string, readonly string[]>> = {
  variant: ['neuralforecast', 'paper'],
  poolingMode: ['MaxPool1d', 'AvgPool1d'],
  interpolationMode: interpolationModes,
  activation: nhitsActivations,
  windowNormalization: windowNormalizations,
  scaleDecouple: scaleDecouples,
};

/**
 * Fills in defaults and checks everything.
 *
 * @throws NhitsError `nhits/option` naming the option, what was expected and what was found
 */
export function nhitsConfig(options: NhitsOptions): NhitsConfig {
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) throw wrong(key, `no such option; did you mean '${nearestName(key, keys)}'?`, undefined);
  }
  const config: NhitsConfig = { ...defaults, ...options };
  const values = config as unknown as Readonly<Record<string, unknown>>;
  for (const name of ['inputSize', 'horizon', 'hiddenSize', 'outputs']) checkInteger(name, values[name], 1);
  for (const name of ['historic', 'future', 'static']) checkInteger(name, values[name], 0);
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(values[name] as string))
      throw wrong(name, `expected one of ${allowed.join(', ')}`, values[name]);
  }
  for (const name of ['excludeInsampleY', 'recompute']) {
    if (typeof values[name] !== 'boolean') throw wrong(name, 'expected true or false', values[name]);
  }
  checkMlpUnits(config);
  checkLinearSkip(config.linearSkip);
  checkOutputs(config);
  for (const name of ['nBlocks', 'nPoolKernelSize', 'nFreqDownsample'] as const) checkStacks(name, config);
  if (!(config.dropoutProbTheta >= 0 && config.dropoutProbTheta < 1)) {
    throw wrong('dropoutProbTheta', 'expected a probability in [0, 1)', config.dropoutProbTheta);
  }
  return config;
}

function checkInteger(name: string, value: unknown, minimum: number): void {
  if (!Number.isInteger(value) || (value as number) < minimum)
    throw wrong(name, `expected an integer >= ${minimum}`, value);
}

function checkStacks(name: 'nBlocks' | 'nPoolKernelSize' | 'nFreqDownsample', config: NhitsConfig): void {
  const list: unknown = config[name];
  const stacks = config.nBlocks.length;
  if (!Array.isArray(list) || list.length === 0)
    throw wrong(name, 'expected a list with one integer for each stack', list);
  for (const value of list) checkInteger(name, value, 1);
  if (list.length !== stacks) throw wrong(name, `expected ${stacks} integers, one for each stack of nBlocks`, list);
}

function checkMlpUnits({ mlpUnits, variant }: NhitsConfig): void {
  if (mlpUnits === null) return;
  if (variant !== 'neuralforecast') throw wrong('mlpUnits', "only for the variant 'neuralforecast'", mlpUnits);
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(mlpUnits) || mlpUnits.length === 0 || !mlpUnits.every(isPair))
    throw wrong('mlpUnits', 'expected a list of pairs [inputs, outputs]', mlpUnits);
  for (const width of mlpUnits.flat()) checkInteger('mlpUnits', width, 1);
  const gap = mlpUnits.findIndex(([inputs], i) => i > 0 && mlpUnits[i - 1]![1] !== inputs);
  if (gap > 0) throw wrong('mlpUnits', `the inputs of pair ${gap} must be the outputs of the pair before`, mlpUnits);
}

function checkLinearSkip(skip: unknown): void {
  if (skip === false) return;
  const isSkip = typeof skip === 'object' && skip !== null && Object.keys(skip).join() === 'trained';
  if (!isSkip || typeof (skip as LinearSkip).trained !== 'boolean')
    throw wrong('linearSkip', 'expected false, { trained: true } or { trained: false }', skip);
}

function checkOutputs({ outputs, scaleDecouple }: NhitsConfig): void {
  if (scaleDecouple === 'none') return;
  const wanted = distributionParameters[scaleDecouple].length;
  if (outputs !== wanted) throw wrong('outputs', `${scaleDecouple} has ${wanted} parameters`, outputs);
}

function wrong(name: string, expected: string, received: unknown): NhitsError {
  const found =
    received === undefined ? '' : `, got ${typeof received === 'bigint' ? `${received}n` : JSON.stringify(received)}`;
  return new NhitsError('nhits/option', `N-HiTS option '${name}': ${expected}${found}.`, { option: name, received });
}
