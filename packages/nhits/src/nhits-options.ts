import { type LayerActivation, layerActivations, type ScaleDecouple, type WindowNormalization } from '@nt/layers';
import type { InterpolationMode } from './interpolation-matrix.ts';

/** Number of linears in a block: see `NhitsOptions.variant`. */
export type NhitsVariant = 'neuralforecast' | 'paper';

/** Activations of hidden layers. */
export const nhitsActivations: readonly NhitsActivation[] = layerActivations;

/** One of `nhitsActivations`. */
export type NhitsActivation = LayerActivation;

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
