import { type Activation, activations } from '@nt/tensor';
import { closest } from 'fastest-levenshtein';
import { type InterpolationMode, interpolationModes } from './interpolation-matrix.ts';
import { NhitsError } from './nhits-error.ts';

/** Number of linears in a block: see `NhitsOptions.variant`. */
export type NhitsVariant = 'neuralforecast' | 'paper';

/** Activations of hidden layers: those of `dense`, and `prelu`, whose slope below zero is trained, one a block. */
export const nhitsActivations: readonly NhitsActivation[] = [...activations, 'prelu'];

/** One of `nhitsActivations`. */
export type NhitsActivation = Activation | 'prelu';

/** How a block shortens its input. */
export type PoolingMode = 'MaxPool1d' | 'AvgPool1d';

/** What an N-HiTS network looks like. Names and defaults are neuralforecast's, in camelCase. */
export interface NhitsOptions {
  /** Time steps that the network looks back, an integer ≥ 1. */
  readonly inputSize: number;
  /** Time steps that it forecasts, an integer ≥ 1. */
  readonly horizon: number;
  /**
   * `neuralforecast` (default): five linears a block, the first without activation. `paper`: three linears a block, an
   * activation after the first two, as in the authors' code. Input 168, horizon 24: 2,817,570 and 1,241,634 parameters.
   */
  readonly variant?: NhitsVariant;
  /** Width of the hidden layers; default 512. */
  readonly hiddenSize?: number;
  /** Blocks in each stack, with weights of their own; default `[1, 1, 1]`. */
  readonly nBlocks?: readonly number[];
  /** Pooling kernel (and stride) of each stack, in time steps; default `[2, 2, 1]`. */
  readonly nPoolKernelSize?: readonly number[];
  /** Forecast points a knot of each stack stands for; default `[4, 2, 1]`. */
  readonly nFreqDownsample?: readonly number[];
  /** Default `MaxPool1d`. */
  readonly poolingMode?: PoolingMode;
  /** How knots become a forecast; default `linear`. */
  readonly interpolationMode?: InterpolationMode;
  /** After each hidden layer; default `relu`. */
  readonly activation?: NhitsActivation;
  /** Probability of dropping a hidden value while training, in [0, 1); default 0. */
  readonly dropoutProbTheta?: number;
  /** Numbers forecast for each time step (quantiles, distribution parameters); default 1. */
  readonly outputs?: number;
  /** Covariates known up to now; default 0. */
  readonly historic?: number;
  /** Covariates known ahead; default 0. */
  readonly future?: number;
  /** Covariates of the series; default 0. */
  readonly static?: number;
}

/** Every option filled in: this is what model files hold. */
export type NhitsConfig = Required<NhitsOptions>;

const defaults: Omit<NhitsConfig, 'inputSize' | 'horizon'> = {
  variant: 'neuralforecast',
  hiddenSize: 512,
  nBlocks: [1, 1, 1],
  nPoolKernelSize: [2, 2, 1],
  nFreqDownsample: [4, 2, 1],
  poolingMode: 'MaxPool1d',
  interpolationMode: 'linear',
  activation: 'relu',
  dropoutProbTheta: 0,
  outputs: 1,
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
};

/**
 * Fills in defaults and checks everything.
 *
 * @throws NhitsError `nhits/option` naming the option, what was expected and what was found
 */
export function nhitsConfig(options: NhitsOptions): NhitsConfig {
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) throw wrong(key, `no such option; did you mean '${closest(key, keys)}'?`, undefined);
  }
  const config: NhitsConfig = { ...defaults, ...options };
  const values = config as unknown as Readonly<Record<string, unknown>>;
  for (const name of ['inputSize', 'horizon', 'hiddenSize', 'outputs']) checkInteger(name, values[name], 1);
  for (const name of ['historic', 'future', 'static']) checkInteger(name, values[name], 0);
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(values[name] as string))
      throw wrong(name, `expected one of ${allowed.join(', ')}`, values[name]);
  }
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

function wrong(name: string, expected: string, received: unknown): NhitsError {
  const found = received === undefined ? '' : `, got ${JSON.stringify(received)}`;
  return new NhitsError('nhits/option', `N-HiTS option '${name}': ${expected}${found}.`, { option: name, received });
}
