import type { DtypeFormat, TensorData } from './dtype.ts';
import { cut, kindOf, quote, typedArrayName } from './quote.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** The bytes of a tensor's elements, after checking that they are what its type and shape promise. */
export function checkData(tensor: string, format: DtypeFormat, count: number, data: TensorData): Uint8Array {
  const found = typedArrayName(data) ?? '';
  if (!arrayNames(format).includes(found) || data.length !== count) {
    throw new SafetensorsError(
      'safetensors/data-mismatch',
      `tensor ${quote(tensor)}: expected ${count} elements of ${format.dtype} in a ${format.arrayType.name}; found ${kindOf(data)}${found && ` of length ${data.length}`}. Make shape, dtype and data agree.`,
      { tensor: cut(tensor), dtype: format.dtype, expectedLength: count, foundLength: found ? data.length : undefined },
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
    `tensor ${quote(tensor)}, element ${index}: expected 0 or 1; found ${data[index]}. Store it as uint8 or fix the value.`,
    { tensor: cut(tensor), index },
  );
}
