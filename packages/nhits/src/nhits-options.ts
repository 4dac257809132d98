import { type Activation, activations } from '@nt/tensor';
import { closest } from 'fastest-levenshtein';
import { type InterpolationMode, interpolationModes } from './interpolation-matrix.ts';
import { NhitsError } from './nhits-error.ts';
import { distributionParameters, type ScaleDecouple, scaleDecouples } from './scale-decouple.ts';
import { type WindowNormalization, windowNormalizations } from './window-statistics.ts';

/** Number of linears in a block: see `NhitsOptions.variant`. */
export type NhitsVariant = 'neuralforecast' | 'paper';

/** Activations of hidden layers: those of `dense`, and `prelu`, whose slope below zero is trained, one a block. */
export const nhitsActivations: readonly NhitsActivation[] = [...activations, 'prelu'];

/** One of `nhitsActivations`. */
export type NhitsActivation = Activation | 'prelu';

/** How a block shortens its input. */
export type PoolingMode = 'MaxPool1d' | 'AvgPool1d';

/** The linear forecast beside the network. */
export interface LinearSkip {
  /** Whether its weights are trained with the network's. */
  readonly trained: boolean;
}

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
  /**
   * Inputs and outputs of each hidden layer after the first, instead of `hiddenSize`: neuralforecast's `mlp_units`. Only
   * for the variant `neuralforecast`; default null, which is three times `[hiddenSize, hiddenSize]`.
   */
  readonly mlpUnits?: readonly (readonly [number, number])[] | null;
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
  /**
   * Scales each window by what it observed of itself, input and covariates but static ones, and the forecast back:
   * neuralforecast's `scaler_type`; default `none`. See `WindowNormalization`.
   */
  readonly windowNormalization?: WindowNormalization;
  /**
   * What the outputs are, when they are not points or quantiles: the raw parameters of a distribution, which
   * neuralforecast's `DistributionLoss` makes positive and moves to the window's scale each in its own way; default
   * `none`. See `scaleDecouple`.
   */
  readonly scaleDecouple?: ScaleDecouple;
  /** Leaves the target's past out of what the network sees, also its last value; default false. */
  readonly excludeInsampleY?: boolean;
  /**
   * A linear forecast `last + W(x − last) + b` beside the network, which then learns what that leaves: `W` is trained, or
   * stays as `CreateNhitsOptions.start` or `loadWeights` give it. Zero without those; default false.
   */
  readonly linearSkip?: false | LinearSkip;
  /** Computes each block twice instead of keeping its inner values for the gradient (checkpointing); default false. */
  readonly recompute?: boolean;
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
  const found = received === undefined ? '' : `, got ${JSON.stringify(received)}`;
  return new NhitsError('nhits/option', `N-HiTS option '${name}': ${expected}${found}.`, { option: name, received });
}
