/**
 * What every engine's tensor has in common: an immutable n-dimensional array that lives on the engine's device.
 *
 * `dtype` is the engine's own word (`float32`, `int32`, `bool` for tfjs engines, `float64` for the reference).
 */
export interface Tensor {
  /** Lengths of the axes; `[]` for a scalar. */
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Reads the values back to the host, row-major. The only place where a program waits for the device. */
  data(): Promise<ArrayLike<number>>;
  /** Frees the memory. Disposing twice is harmless; using a disposed tensor is an error. */
  dispose(): void;
}

/** A tensor whose value can be replaced: a trainable weight. Owned by whoever created it, untouched by `tidy`. */
export type Variable<T extends Tensor> = T & {
  /** Unique among the living variables of an engine. */
  readonly name: string;
  /** Becomes equal to `value` (same shape and dtype), which stays the caller's to dispose. May share its memory. */
  assign(value: T): void;
};

/** Element types that `tensor()` creates. `float` is the engine's own width: float32, or float64 on the reference. */
export type TensorDtype = 'float' | 'int32';

/** Values that can be copied to an engine. */
export type TensorValues = readonly number[] | Float32Array | Float64Array | Int32Array;
