import type { Frequency, JsonValue } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { ForecasterConfig } from './forecaster-options.ts';
import type { SeenUntil } from './seen-until.ts';

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
