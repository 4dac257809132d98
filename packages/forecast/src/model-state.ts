import type { Frequency, JsonValue, Scaler, SeriesSet, TimeSplit } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { ForecasterConfig } from './forecaster-options.ts';
import { type SeenUntil, seenUntil } from './seen-until.ts';

/** What a fitted forecaster knows besides its weights: `model.json`. */
export interface ModelState {
  readonly format: 'nt-forecaster';
  readonly version: 1;
  readonly modelType: string;
  readonly forecaster: ForecasterConfig;
  readonly data: {
    readonly target: string;
    readonly frequency: Frequency;
    readonly historic: readonly string[];
    readonly future: readonly string[];
    readonly static: readonly string[];
    readonly seenUntil: SeenUntil;
  };
  readonly scaler: JsonValue;
  /** How it was trained: options, result, engine; for people and `nt`, never read back by the forecaster. */
  readonly training: Json;
}

/** The state of a forecaster that has just been fitted. */
export function modelState(
  modelType: string,
  forecaster: ForecasterConfig,
  set: SeriesSet,
  split: TimeSplit,
  scaler: Scaler,
  training: Json,
): ModelState {
  const names = (covariates: { readonly names: readonly string[] } | null): readonly string[] =>
    covariates?.names ?? [];
  return {
    format: 'nt-forecaster',
    version: 1,
    modelType,
    forecaster,
    data: {
      target: set.target,
      frequency: set.frequency,
      historic: names(set.historic),
      future: names(set.future),
      static: names(set.static),
      seenUntil: seenUntil(set, split),
    },
    scaler: scaler.toJson(),
    training,
  };
}
