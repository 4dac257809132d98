import type { LayerActivation, ScaleDecouple, WindowNormalization } from '@nt/layers';
import type { TrendBasis } from './trend-basis.ts';

/** What the blocks of a stack forecast with: `identity` is the generic one, `trend` and `seasonality` can be interpreted. */
export const stackTypes = ['identity', 'trend', 'seasonality'] as const;

/** One of `stackTypes`. */
export type StackType = (typeof stackTypes)[number];

/** What an N-BEATS network looks like. Names and defaults are neuralforecast's, in camelCase. */
export interface NbeatsOptions {
  /** Time steps that the network looks back, an integer ≥ 1. */
  readonly inputSize: number;
  /** Time steps that it forecasts, an integer ≥ 1; ≥ 2 with a stack of trend or seasonality. */
  readonly horizon: number;
  /** Default `['identity', 'trend', 'seasonality']`. */
  readonly stackTypes?: readonly StackType[];
  /** Blocks in each stack; default `[1, 1, 1]`. */
  readonly nBlocks?: readonly number[];
  /** Width of the hidden layers, of which a block has four; default 512. */
  readonly hiddenSize?: number;
  /** Inputs and outputs of each hidden layer after the first, instead of `hiddenSize`; default null. */
  readonly mlpUnits?: readonly (readonly [number, number])[] | null;
  /** After each hidden layer but the first; default `relu`. */
  readonly activation?: LayerActivation;
  /** Kind of the functions that a trend is a sum of; default `polynomial`. */
  readonly basis?: TrendBasis;
  /** Degree of the trend: `nBasis + 1` functions; ≥ 3 for `spline`, else ≥ 1; default 2. */
  readonly nBasis?: number;
  /** Harmonics are steps of 1 / `nHarmonics` of the horizon's frequency; default 2. */
  readonly nHarmonics?: number;
  /** Whether the blocks of a stack have the same weights; default false. */
  readonly sharedWeights?: boolean;
  /** Numbers forecast for each time step (quantiles, distribution parameters); default 1. */
  readonly outputs?: number;
  /**
   * Scales each window by what it observed of itself, and the forecast back: neuralforecast's `scaler_type`; default
   * `none`. See `WindowNormalization`.
   */
  readonly windowNormalization?: WindowNormalization;
  /**
   * What the outputs are, when they are not points or quantiles: the raw parameters of a distribution, moved to the
   * window's scale as neuralforecast's `DistributionLoss` does; default `none`. See `ScaleDecouple`.
   */
  readonly scaleDecouple?: ScaleDecouple;
  /** Covariates of each kind: N-BEATS takes none, so 0. */
  readonly historic?: number;
  readonly future?: number;
  readonly static?: number;
}

/** Every option filled in: this is what model files hold. */
export type NbeatsConfig = Required<NbeatsOptions>;
