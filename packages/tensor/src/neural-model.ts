import type { NamedArrays } from './named-arrays.ts';
import type { RandomKey } from './random/random-key.ts';
import type { Tensor, Variable } from './tensor.ts';

/** Anything that `JSON.stringify` writes without loss. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One batch of windows, already scaled. */
export interface WindowTensors<T extends Tensor> {
  /** The observed target: `[batch, inputSize]`, oldest first. */
  readonly input: T;
  /** 1 where `input` was observed, 0 where not: `[batch, inputSize]`; absent when all was. */
  readonly inputMask?: T;
  /** Covariates known up to now: `[batch, inputSize, historic]`. */
  readonly historic?: T;
  /** Covariates known ahead: `[batch, inputSize + horizon, future]`. */
  readonly future?: T;
  /** Covariates of the series: `[batch, static]`. */
  readonly static?: T;
}

/** How a forward pass runs. */
export interface ForwardRun {
  /** Dropout is active only when true. */
  readonly training: boolean;
  /** Key of this pass; give each update its own counter. */
  readonly random: RandomKey;
}

/** A network that turns windows into forecasts. It knows neither loss nor optimizer, data or files. */
export interface NeuralModel<T extends Tensor> {
  /** e.g. `nhits`; written into model files and checked when they are read. */
  readonly modelType: string;
  /** Everything needed to build the same network again, without its weights. */
  readonly config: Json;
  /** By name, in a fixed order. */
  readonly parameters: ReadonlyMap<string, Variable<T>>;
  readonly numParameters: number;
  /** @returns `[batch, horizon, outputs]` */
  forward(window: WindowTensors<T>, run: ForwardRun): T;
  /** Copies of all weights, read part by part: await it before the next update, or it would hold a mixture of two. */
  saveWeights(): Promise<NamedArrays>;
  /** @throws the model's error, listing every missing, unexpected and misshapen name */
  loadWeights(arrays: NamedArrays): void;
  /** Frees weights and constants. */
  dispose(): void;
}
