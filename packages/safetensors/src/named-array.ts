import type { Dtype, TensorData } from './dtype.ts';

/**
 * One tensor as plain data, row-major. Structural: any object with these three fields is one.
 *
 * `shape`: whole numbers ≥ 0; `[]` is a scalar. `dtype`: a {@link Dtype}. `data`: the typed array of that dtype
 * (see {@link Dtype}), with as many elements as the product of `shape`.
 */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: TensorData;
}

/** Tensors by name, as a record or a map. Their order does not matter: the file orders them itself. */
export type NamedArrays = Readonly<Record<string, NamedArray>> | ReadonlyMap<string, NamedArray>;

/** Free text by key, as a record or a map. A map keeps the order of keys such as `'10'`, which a record cannot. */
export type Metadata = Readonly<Record<string, string>> | ReadonlyMap<string, string>;

/** The typed array of each element type. */
export interface DataOfDtype {
  readonly float64: Float64Array;
  readonly float32: Float32Array;
  readonly float16: Uint16Array;
  readonly bfloat16: Uint16Array;
  readonly float8_e4m3fn: Uint8Array;
  readonly float8_e5m2: Uint8Array;
  readonly int64: BigInt64Array;
  readonly int32: Int32Array;
  readonly int16: Int16Array;
  readonly int8: Int8Array;
  readonly uint64: BigUint64Array;
  readonly uint32: Uint32Array;
  readonly uint16: Uint16Array;
  readonly uint8: Uint8Array;
  readonly bool: Uint8Array;
}

/**
 * A tensor of a parsed file; comparing `dtype` narrows the type of `data`. `data` is made on first access and kept:
 * see `parse` for when it shares memory.
 */
export type ParsedArray = {
  readonly [Name in Dtype]: {
    readonly shape: readonly number[];
    readonly dtype: Name;
    readonly data: DataOfDtype[Name];
  };
}[Dtype];

/** A tensor whose elements may be fetched when its turn comes, so that only one of them is in memory at a time. */
export interface StreamedArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Its values, or a function that gives them when the file comes to them. */
  readonly data: TensorData | (() => TensorData | Promise<TensorData>);
}

/** Streamed tensors by name, as a record or a map. Every {@link NamedArrays} is one. */
export type StreamedArrays = Readonly<Record<string, StreamedArray>> | ReadonlyMap<string, StreamedArray>;
