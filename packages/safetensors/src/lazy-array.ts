import { assertBooleans } from './check-data.ts';
import type { Dtype, TensorData } from './dtype.ts';
import type { ParsedArray } from './named-array.ts';
import type { TensorEntry } from './read-header.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** A tensor of a parsed file, whose `data` is made on first access. */
export function lazyArray(bytes: Uint8Array, dataStart: number, entry: TensorEntry): ParsedArray {
  // The table of element types pairs each name with its array; the compiler cannot see that through a look-up in it.
  return new LazyArray(bytes, dataStart, entry) as unknown as ParsedArray;
}

class LazyArray {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly #bytes: Uint8Array;
  readonly #dataStart: number;
  readonly #entry: TensorEntry;
  #data: TensorData | undefined;

  constructor(bytes: Uint8Array, dataStart: number, entry: TensorEntry) {
    this.shape = entry.shape;
    this.dtype = entry.format.dtype;
    this.#bytes = bytes;
    this.#dataStart = dataStart;
    this.#entry = entry;
    Object.defineProperty(this, 'data', LazyArray.#dataProperty);
  }

  // A property of the object itself, so that `{ ...array }` has it; one getter for all, since a closure for each takes
  // half a gigabyte of a file with a million tensors.
  static readonly #dataProperty: PropertyDescriptor & ThisType<LazyArray> = {
    enumerable: true,
    get() {
      this.#data ??= readData(this.#bytes, this.#dataStart, this.#entry);
      return this.#data;
    },
  };
}

function readData(bytes: Uint8Array, dataStart: number, entry: TensorEntry): TensorData {
  assertLength(bytes, dataStart + entry.end, 'Read the data before its buffer is transferred or shrunk.');
  const { arrayType: TypedArray, width } = entry.format;
  const start = bytes.byteOffset + dataStart + entry.begin;
  const count = (entry.end - entry.begin) / width;
  const data =
    start % width === 0
      ? new TypedArray(bytes.buffer, start, count)
      : new TypedArray(bytes.buffer.slice(start, start + count * width), 0, count);
  assertBooleans(entry.name, entry.format, data);
  return data;
}

/** Demands that a file has this many bytes. */
export function assertLength(bytes: Uint8Array, expectedBytes: number, remedy: string): void {
  if (bytes.byteLength >= expectedBytes) return;
  throw new SafetensorsError(
    'safetensors/truncated',
    `expected at least ${expectedBytes} bytes; found ${bytes.byteLength}. ${remedy}`,
    { expectedBytes, foundBytes: bytes.byteLength },
  );
}
