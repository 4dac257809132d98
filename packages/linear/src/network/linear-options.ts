import { badOption, checkKeys, checkWhole } from '../fit/check-options.ts';
import type { CentreName } from '../fit/ridge-options.ts';

/** What a linear network looks like. */
export interface LinearOptions {
  /** Time steps that it looks back, an integer ≥ 1. */
  readonly inputSize: number;
  /** Time steps that it forecasts, an integer ≥ 1. */
  readonly horizon: number;
  /** Numbers forecast for each time step (quantiles, distribution parameters); default 1. */
  readonly outputs?: number;
  /** What is subtracted from a window and added to its forecast; default `last`. */
  readonly centre?: CentreName;
  /** Time steps of the season whose mean is the centre, at most `inputSize`; needed for `season-mean`, else default 1. */
  readonly season?: number;
  /** Time steps of covariates before the forecast, at most `inputSize`; default 0. */
  readonly covariateLookback?: number;
  /** Covariates known up to now; default 0. */
  readonly historic?: number;
  /** Covariates known ahead; default 0. */
  readonly future?: number;
  /** Covariates of the series; default 0. */
  readonly static?: number;
}

/** Every option filled in: this is what model files hold. */
export type LinearConfig = Required<LinearOptions>;

const defaults: Omit<LinearConfig, 'inputSize' | 'horizon'> = {
  outputs: 1,
  centre: 'last',
  season: 1,
  covariateLookback: 0,
  historic: 0,
  future: 0,
  static: 0,
};

/** Fills in and checks. @throws LinearError `linear/unknown-option`, `linear/option` */
export function linearConfig(options: LinearOptions): LinearConfig {
  checkKeys('linear network', options, ['inputSize', 'horizon', ...Object.keys(defaults)]);
  const config: LinearConfig = { ...defaults, ...options };
  for (const name of ['inputSize', 'horizon', 'outputs', 'season'] as const) checkWhole(name, config[name], 1);
  for (const name of ['covariateLookback', 'historic', 'future', 'static'] as const) checkWhole(name, config[name], 0);
  const { centre, season, covariateLookback, inputSize } = config;
  if (centre !== 'last' && centre !== 'season-mean') throw badOption('centre', "'last' or 'season-mean'", centre);
  if (centre === 'season-mean' && options.season === undefined)
    throw badOption('season', "the time steps of a season, with centre 'season-mean'", undefined);
  if (season > inputSize) throw badOption('season', `at most the inputSize, ${inputSize}`, season);
  if (covariateLookback > inputSize)
    throw badOption('covariateLookback', `at most the inputSize, ${inputSize}`, covariateLookback);
  return config;
}
