import type { OpenSnapshot } from '@nt/optim';
import { parse, serializeStream } from '@nt/safetensors';
import type { NamedArray, NamedArrays } from '@nt/tensor';
import { TrainerError } from '../trainer-error.ts';

/** Arrays that may still lie on the engine, by name. */
type Arrays = NamedArrays | OpenSnapshot['arrays'];

/**
 * Arrays as a safetensors file, one after the other: only one of those that lie on the engine is in memory at a time.
 * The element type is the host array's own, so engines of narrower floats lose nothing.
 */
export async function* arraysInParts(arrays: Arrays): AsyncGenerator<Uint8Array, void> {
  const entries = Object.entries(arrays).map(([name, { shape, dtype, data }]) => [
    name,
    { shape, dtype: typeof data === 'function' ? dtype : dtypeOf(data), data },
  ]);
  yield* serializeStream(Object.fromEntries(entries));
}

/** Arrays of a safetensors file; they may share the memory of `bytes`. */
export function decodeArrays(bytes: Uint8Array): NamedArrays {
  const entries = [...parse(bytes).tensors].map(([name, { shape, dtype, data }]) => [
    name,
    { shape, dtype, data: known(name, data) },
  ]);
  return Object.fromEntries(entries);
}

function dtypeOf(data: NamedArray['data']): string {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Float64Array ? 'float64' : 'int32';
}

function known(name: string, data: unknown): NamedArray['data'] {
  if (data instanceof Float32Array || data instanceof Float64Array || data instanceof Int32Array) return data;
  throw new TrainerError(
    'trainer/foreign-checkpoint',
    `Expected '${name}' to hold float32, float64 or int32; found another type. The file was not written by this trainer.`,
    { name },
  );
}
