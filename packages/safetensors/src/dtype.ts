import { cut, kindOf, quote } from './quote.ts';
import { SafetensorsError } from './safetensors-error.ts';

/**
 * Element types by their names in memory (NumPy's and PyTorch's spelling).
 *
 * `float16`, `bfloat16` are raw bits in a `Uint16Array`; `float8_e4m3fn`, `float8_e5m2` raw bits in a `Uint8Array`;
 * `bool` is 0 or 1 in a `Uint8Array`; `int64`, `uint64` are `BigInt64Array`, `BigUint64Array`; all others have the
 * typed array of the same name.
 */
export type Dtype =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'float8_e4m3fn'
  | 'float8_e5m2'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'
  | 'bool';

/** The typed arrays that can hold a tensor's elements. Float16 and narrower floats travel as their raw bits. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

type TensorDataConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TensorData;

/** How one element type looks in a file and in memory. */
export interface DtypeFormat {
  readonly dtype: Dtype;
  /** The name in a file's header. */
  readonly code: string;
  /** Bytes of one element. */
  readonly width: number;
  readonly arrayType: TensorDataConstructor;
}

/** In the order in which the reference implementation lays tensors out, so that equal tensors give equal files. */
const formats: readonly DtypeFormat[] = [
  { dtype: 'uint64', code: 'U64', width: 8, arrayType: BigUint64Array },
  { dtype: 'int64', code: 'I64', width: 8, arrayType: BigInt64Array },
  { dtype: 'float64', code: 'F64', width: 8, arrayType: Float64Array },
  { dtype: 'float32', code: 'F32', width: 4, arrayType: Float32Array },
  { dtype: 'uint32', code: 'U32', width: 4, arrayType: Uint32Array },
  { dtype: 'int32', code: 'I32', width: 4, arrayType: Int32Array },
  { dtype: 'bfloat16', code: 'BF16', width: 2, arrayType: Uint16Array },
  { dtype: 'float16', code: 'F16', width: 2, arrayType: Uint16Array },
  { dtype: 'uint16', code: 'U16', width: 2, arrayType: Uint16Array },
  { dtype: 'int16', code: 'I16', width: 2, arrayType: Int16Array },
  { dtype: 'float8_e4m3fn', code: 'F8_E4M3', width: 1, arrayType: Uint8Array },
  { dtype: 'float8_e5m2', code: 'F8_E5M2', width: 1, arrayType: Uint8Array },
  { dtype: 'int8', code: 'I8', width: 1, arrayType: Int8Array },
  { dtype: 'uint8', code: 'U8', width: 1, arrayType: Uint8Array },
  { dtype: 'bool', code: 'BOOL', width: 1, arrayType: Uint8Array },
];

/** The position of an element type in the layout of a file; lower comes first. */
export function layoutRank(format: DtypeFormat): number {
  return formats.indexOf(format);
}

/** Finds a type by the name that a file's header uses, such as `BF16`. */
export function formatOfCode(tensor: string, code: string): DtypeFormat {
  return find('code', tensor, code);
}

/** Finds a type by its name in memory, such as `bfloat16`. */
export function formatOfDtype(tensor: string, dtype: string): DtypeFormat {
  return find('dtype', tensor, dtype);
}

function find(key: 'code' | 'dtype', tensor: string, name: string): DtypeFormat {
  const format = formats.find((candidate) => candidate[key] === name);
  if (format) return format;
  const known = formats.map((candidate) => candidate[key]).join(', ');
  throw new SafetensorsError(
    'safetensors/unknown-dtype',
    `tensor ${quote(tensor)}: expected one of the element types ${known}; found ${kindOf(name)}. Convert the tensor to one of them.`,
    { tensor: cut(tensor), [key]: typeof name === 'string' ? cut(name) : name },
  );
}
