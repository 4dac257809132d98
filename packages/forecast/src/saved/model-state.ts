import type { Frequency, JsonValue, Scaler, TableReading } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { FitPlan } from '../fit/fit-plan.ts';
import type { ForecasterConfig } from '../forecaster-options.ts';
import type { LossName } from '../heads/heads.ts';
import type { Chosen } from '../options/choice.ts';
import { type SeenUntil, seenUntil } from './seen-until.ts';

/** What a fitted forecaster knows besides its weights: `config.json` without its checksums. */
export interface ModelState {
  readonly format: 'nt-forecaster';
  readonly version: 3;
  readonly modelType: string;
  readonly forecaster: ForecasterConfig;
  /** What the network's outputs mean. */
  readonly loss: Chosen<LossName>;
  readonly data: {
    readonly target: string;
    readonly frequency: Frequency;
    readonly historic: readonly string[];
    readonly future: readonly string[];
    readonly static: readonly string[];
    readonly seenUntil: SeenUntil;
    /** How the data were read, as options of the readers: the next file is read in the same way. */
    readonly reading: TableReading;
  };
  readonly scaler: JsonValue;
  /** How it was trained: options, result, engine; for people and `nt`, never read back by the forecaster. */
  readonly training: Json;
}

/** The state of a forecaster that has just been fitted. */
export function modelState(
  { forecaster, training: { loss }, set, split }: FitPlan,
  modelType: string,
  scaler: Scaler,
  training: Json,
): ModelState {
  const names = (covariates: { readonly names: readonly string[] } | null): readonly string[] =>
    covariates?.names ?? [];
  return {
    format: 'nt-forecaster',
    version: 3,
    modelType,
    forecaster,
    loss,
    data: {
      target: set.target,
      frequency: set.frequency,
      historic: names(set.historic),
      future: names(set.future),
      static: names(set.static),
      seenUntil: seenUntil(set, split),
      reading: set.reading,
    },
    scaler: scaler.toJson(),
    training,
  };
}
