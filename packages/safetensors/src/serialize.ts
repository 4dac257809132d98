import { checkData } from './check-data.ts';
import type { TensorData } from './dtype.ts';
import type { Metadata, NamedArrays } from './named-array.ts';
import { planFile } from './plan-file.ts';
import { SafetensorsError } from './safetensors-error.ts';

/**
 * Writes tensors as one safetensors file in memory, byte for byte what Python's `safetensors` writes for them.
 *
 * @param arrays name → `{ shape, dtype, data }`; the order is the file's own (wide types first, then by name)
 * @param metadata free text by key; undefined writes no `__metadata__`, `{}` an empty one
 * @returns the file, over memory of its own (`Uint8Array<ArrayBuffer>`, told in words that TypeScript knows before 5.7, too)
 * @throws SafetensorsError when a shape, type, name or text cannot be written, before any byte is
 * Differs: metadata keep the caller's order, where the reference implementation takes a random one.
 * Source: huggingface/safetensors 0.8. Golden: test/golden.
 */
export function serialize(arrays: NamedArrays, metadata?: Metadata): ReturnType<Uint8Array['slice']> {
  const plan = planFile(arrays, metadata);
  const parts = plan.tensors.map(({ name, array, format, count }) =>
    checkData(name, format, count, array.data as TensorData),
  );
  const file = allocate(plan.fileBytes);
  file.set(plan.head);
  let at = plan.head.byteLength;
  for (const part of parts) {
    file.set(part, at);
    at += part.byteLength;
  }
  return file;
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new SafetensorsError(
      'safetensors/too-large',
      `expected a file that fits into memory; found one of ${bytes} bytes. Write it with serializeStream.`,
      { fileBytes: bytes },
    );
  }
}
