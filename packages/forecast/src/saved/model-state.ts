import type { JsonValue, Scaler } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { FitPlan } from '../fit/fit-plan.ts';
import type { ForecasterConfig } from '../forecaster-options.ts';
import type { LossName } from '../heads/heads.ts';
import type { Chosen } from '../options/choice.ts';
import { inheritedData, type TrainingData } from './training-data.ts';

/** What a fitted forecaster knows besides its weights: `config.json` without its checksums. */
export interface ModelState {
  readonly format: 'nt-forecaster';
  readonly version: 3;
  readonly modelType: string;
  readonly forecaster: ForecasterConfig;
  /** What the network's outputs mean. */
  readonly loss: Chosen<LossName>;
  readonly data: TrainingData;
  readonly scaler: JsonValue;
  /** How it was trained: options, result, engine; for people and `nt`, never read back by the forecaster. */
  readonly training: Json;
}

/**
 * The state of a forecaster that has just been fitted.
 *
 * @param learntFrom what teacher and start were trained on: who evaluates it must not judge it on that
 */
export function modelState(
  { forecaster, training: { loss }, set, split }: FitPlan,
  modelType: string,
  scaler: Scaler,
  training: Json,
  learntFrom: readonly (TrainingData | undefined)[],
): ModelState {
  return {
    format: 'nt-forecaster',
    version: 3,
    modelType,
    forecaster,
    loss,
    data: inheritedData(set, split, learntFrom),
    scaler: scaler.toJson(),
    training,
  };
}
