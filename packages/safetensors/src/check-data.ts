import type { DtypeFormat } from './dtype.ts';
import type { TensorData } from './named-array.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** The bytes of a tensor's elements, after checking that they are what its type and shape promise. */
export function checkData(tensor: string, format: DtypeFormat, count: number, data: TensorData): Uint8Array {
  const found = Object.prototype.toString.call(data).slice('[object '.length, -1);
  if (!arrayNames(format).includes(found) || data.length !== count) {
    throw new SafetensorsError(
      'safetensors/data-mismatch',
      `tensor ${JSON.stringify(tensor)}: expected ${count} elements of ${format.dtype} in a ${format.arrayType.name}; found ${found} of length ${data?.length}. Make shape, dtype and data agree.`,
      { tensor, dtype: format.dtype, expectedLength: count, foundLength: data?.length },
    );
  }
  assertBooleans(tensor, format, data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** `Float16Array` is younger than the runtimes we support, so it is known by name only. */
function arrayNames(format: DtypeFormat): readonly string[] {
  return format.dtype === 'float16' ? ['Uint16Array', 'Float16Array'] : [format.arrayType.name];
}

/** Readers that cast bytes to booleans have undefined behaviour on anything but 0 and 1. */
export function assertBooleans(tensor: string, format: DtypeFormat, data: TensorData): void {
  if (format.dtype !== 'bool') return;
  const index = (data as Uint8Array).findIndex((value) => value > 1);
  if (index < 0) return;
  throw new SafetensorsError(
    'safetensors/invalid-boolean',
    `tensor ${JSON.stringify(tensor)}, element ${index}: expected 0 or 1; found ${data[index]}. Store it as uint8 or fix the value.`,
    { tensor, index },
  );
}
