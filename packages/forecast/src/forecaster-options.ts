import type { ScalerKind } from '@nt/data';
import { closest } from 'fastest-levenshtein';
import { ForecastError } from './forecast-error.ts';
import type { ModelOptions } from './models/model-factory.ts';

/** What a forecaster is, whatever it is trained on. */
export interface ForecasterOptions {
  /** Time steps forecast at once, an integer ≥ 1. */
  readonly horizon: number;
  /** Time steps the network looks back; default 3 × horizon. */
  readonly inputSize?: number;
  /** How each series is scaled, by its training part only; default `standard`. */
  readonly scaler?: ScalerKind;
  /** Options of the network itself, e.g. `hiddenSize`, `variant` of N-HiTS; default none. */
  readonly model?: ModelOptions;
  /** Of initial weights, order of windows and dropout; default 1. Same seed, data and engine: same bits. */
  readonly seed?: number;
}

/** Every option filled in. */
export type ForecasterConfig = Required<ForecasterOptions>;

const keys = ['horizon', 'inputSize', 'scaler', 'model', 'seed'];

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function forecasterConfig(options: ForecasterOptions): ForecasterConfig {
  checkKeys('forecaster', options, keys);
  const { horizon, inputSize = 3 * horizon, scaler = 'standard', model = {}, seed = 1 } = options;
  checkInteger('horizon', horizon, 1);
  checkInteger('inputSize', inputSize, 1);
  checkInteger('seed', seed, 0);
  return { horizon, inputSize, scaler, model, seed };
}

/** @throws ForecastError `forecast/unknown-option` naming the nearest valid one */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ForecastError(
    'forecast/unknown-option',
    `There is no ${what} option '${unknown}'; did you mean '${closest(unknown, known)}'? Known: ${known.join(', ')}.`,
    { option: unknown },
  );
}

/** @throws ForecastError `forecast/option` */
export function checkInteger(name: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw new ForecastError('forecast/option', `${name}: expected an integer >= ${minimum}, got ${value}.`, {
    option: name,
    received: value,
  });
}
