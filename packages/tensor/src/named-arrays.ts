/** A typed array with a shape: how weights and optimizer state leave an engine. */
export interface NamedArray {
  readonly shape: readonly number[];
  /** `float32`, `float64` or `int32` from our engines; safetensors knows more. */
  readonly dtype: string;
  /** Row-major values. */
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** Name → array. Names are those of the model's parameters, e.g. `blocks.0.layers.0.weight`. */
export type NamedArrays = Readonly<Record<string, NamedArray>>;
