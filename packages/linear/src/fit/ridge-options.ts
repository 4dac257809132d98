import { type ScalerKind, type SeriesSet, scalerKinds, seasonLength } from '@nt/data';
import { badOption, checkKeys, checkNumber, checkWhole } from './check-options.ts';

/** What is subtracted from a window before it is weighed, and added to the forecast again. */
export type CentreName = 'last' | 'season-mean';

/** How a linear model is fitted. What is left out follows from the data. */
export interface RidgeOptions {
  /** Time steps forecast at once. */
  readonly horizon: number;
  /**
   * Time steps of look-back that are tried; those whose validation error is within `tolerance` of the best are averaged.
   * Default: from max(2 seasons, min(horizon, 96)) by factors of 1.5 up to 1,024 and to what the training part allows.
   */
  readonly lookbacks?: readonly number[] | undefined;
  /** Centres that are tried: the last value, or the mean of the last season. Default both. */
  readonly centres?: readonly CentreName[] | undefined;
  /** Time steps of the short season; default by frequency (24 hours, 7 days, 12 months …), 1 where none is known. */
  readonly season?: number | undefined;
  /** Penalties that are tried, in units of the mean diagonal of the normal equations; default 1e-5 … 10 by tens. */
  readonly lambdas?: readonly number[] | undefined;
  /** Whether each forecast step has a constant of its own, which is not penalised; default false. */
  readonly intercept?: boolean | undefined;
  /**
   * One matrix for all series, or one each: `shared`, `each`, or `auto` (default), where each series' validation error
   * decides between the two and their mean. With `auto`, only up to 64 series with 20 windows for each step of look-back
   * get their own.
   */
  readonly matrices?: 'auto' | 'shared' | 'each' | undefined;
  /** Time steps of covariates before the forecast; default two seasons. */
  readonly covariateLookback?: number | undefined;
  /** Candidates whose validation error is at most so much above the best, as a share, are averaged; default 0.06. */
  readonly tolerance?: number | undefined;
  /** How much the windows of each series count; default 1. */
  readonly weights?: readonly number[] | undefined;
  /**
   * Time steps after which a window counts half, tried with every look-back. Default Infinity, with which old windows
   * count as new ones, and a third of the training part.
   */
  readonly halfLives?: readonly number[] | undefined;
  /** Share of a window's target steps, and of its look-back, that must have a value for it to be learned from; default 0.8. */
  readonly minimumAvailability?: number | undefined;
  /** How series are scaled, by their training part; default `standard`. */
  readonly scaler?: ScalerKind | undefined;
  /** Solves once more with the windows of training and validation part, all choices kept; default false. */
  readonly refit?: boolean | undefined;
  /** Keeps the normal equations, so that `roll` can add and remove windows; costs memory. Default false. */
  readonly keepEquations?: boolean | undefined;
}

/** Options with everything decided that does not depend on how long the series are. */
export type RidgeConfig = {
  readonly [Name in keyof Required<Omit<RidgeOptions, Unsettled>>]: Exclude<RidgeOptions[Name], undefined>;
} & { readonly [Name in Unsettled]: readonly number[] | null };

/** Options that depend on the series where they are not given. */
type Unsettled = 'lookbacks' | 'weights' | 'halfLives';

const defaultLambdas: readonly number[] = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

const keys: readonly (keyof RidgeOptions)[] = [
  'horizon',
  'lookbacks',
  'centres',
  'season',
  'lambdas',
  'intercept',
  'matrices',
  'covariateLookback',
  'tolerance',
  'weights',
  'halfLives',
  'minimumAvailability',
  'scaler',
  'refit',
  'keepEquations',
];

/** Fills in and checks. @throws LinearError `linear/unknown-option`, `linear/option` */
export function ridgeConfig(set: SeriesSet, options: RidgeOptions): RidgeConfig {
  checkKeys('fitRidge', options, keys);
  const season = options.season ?? seasonLength(set.frequency);
  checkWhole('season', season, 1);
  const config: RidgeConfig = {
    horizon: options.horizon,
    lookbacks: options.lookbacks ? [...new Set(options.lookbacks)].sort((a, b) => a - b) : null,
    centres: options.centres ?? (season > 1 ? ['last', 'season-mean'] : ['last']),
    season,
    lambdas: options.lambdas ?? defaultLambdas,
    intercept: options.intercept ?? false,
    matrices: options.matrices ?? 'auto',
    covariateLookback: options.covariateLookback ?? 2 * season,
    tolerance: options.tolerance ?? 0.06,
    weights: options.weights ? [...options.weights] : null,
    halfLives: options.halfLives ? [...options.halfLives] : null,
    minimumAvailability: options.minimumAvailability ?? 0.8,
    scaler: options.scaler ?? 'standard',
    refit: options.refit ?? false,
    keepEquations: options.keepEquations ?? false,
  };
  checkConfig(set, config);
  return config;
}

function checkConfig(set: SeriesSet, config: RidgeConfig): void {
  checkWhole('horizon', config.horizon, 1);
  checkWhole('covariateLookback', config.covariateLookback, 0);
  checkNumber('tolerance', config.tolerance, (value) => value >= 0, 'a share of at least 0');
  checkNumber('minimumAvailability', config.minimumAvailability, (v) => v >= 0 && v <= 1, 'a share in [0, 1]');
  checkList(
    'lookbacks',
    config.lookbacks ?? [1],
    (value) => Number.isSafeInteger(value) && (value as number) >= 1,
    'whole numbers of time steps, at least one',
  );
  checkList(
    'halfLives',
    config.halfLives ?? [1],
    (value) => typeof value === 'number' && value > 0,
    'numbers of time steps above 0, at least one',
  );
  checkList(
    'lambdas',
    config.lambdas,
    (value) => Number.isFinite(value) && (value as number) > 0,
    'numbers above 0, at least one',
  );
  checkList(
    'centres',
    config.centres,
    (value) => value === 'last' || value === 'season-mean',
    "'last', 'season-mean' or both",
  );
  checkChoice('matrices', config.matrices, ['auto', 'shared', 'each']);
  checkChoice('scaler', config.scaler, scalerKinds);
  for (const name of ['intercept', 'refit', 'keepEquations'] as const) checkChoice(name, config[name], [true, false]);
  const { weights } = config;
  if (weights === null) return;
  const isGood = weights.length === set.ids.length && weights.every((weight) => weight >= 0 && Number.isFinite(weight));
  if (!isGood || !weights.some((weight) => weight > 0)) {
    throw badOption('weights', `one number of at least 0 for each of ${set.ids.length} series, not all 0`, weights);
  }
}

function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (!choices.includes(value))
    throw badOption(name, choices.map((choice) => JSON.stringify(choice)).join(' or '), value);
}

function checkList(name: string, values: unknown, isGood: (value: unknown) => boolean, expected: string): void {
  if (!Array.isArray(values) || values.length === 0 || !values.every(isGood)) throw badOption(name, expected, values);
}
