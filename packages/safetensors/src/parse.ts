import { assertBooleans } from './check-data.ts';
import { checkLayout } from './check-layout.ts';
import { assertLittleEndian } from './little-endian.ts';
import type { ParsedArray, TensorData } from './named-array.ts';
import { readEntries, readMetadata, type TensorEntry } from './read-entries.ts';
import { readHeaderText } from './read-header-text.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** Bytes that a header may have: the reference implementation's limit, so that both refuse the same files. */
export const maxHeaderBytes = 100_000_000;

/** A checked file. Nothing of its data has been touched yet. */
export interface SafetensorsFile {
  /** In the order of the file. `Object.fromEntries(file.tensors)` makes a record of them. */
  readonly tensors: ReadonlyMap<string, ParsedArray>;
  /** In the order of the file; undefined when the file has no `__metadata__`, empty when it has an empty one. */
  readonly metadata: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads a whole safetensors file from memory, checking everything before it returns anything.
 *
 * `data` of a tensor is made on first access: a view of `bytes` when the tensor lies at a multiple of its element
 * width there, else a copy. Files written by Python or by `serialize` have every tensor so aligned; a `bytes` that
 * itself begins at an odd offset of its buffer may not. A view keeps all of `bytes` alive and shows later changes of
 * it; take `data.slice()` to be independent.
 *
 * @param bytes the file; a Node `Buffer` and shared memory are fine
 * @throws SafetensorsError for every departure from the format; `bool` elements other than 0 and 1 throw on access
 * Differs: stricter than the reference implementation, which ignores unknown fields of an entry and lets the last
 * of two equal names win.
 * Source: the format description of huggingface/safetensors.
 */
export function parse(bytes: Uint8Array): SafetensorsFile {
  assertLittleEndian();
  const dataStart = 8 + headerBytes(bytes);
  const header = readHeaderText(decodeText(bytes, dataStart));
  const metadata = readMetadata(header);
  const entries = checkLayout(readEntries(header), bytes.byteLength - dataStart);
  return { tensors: new Map(entries.map((entry) => [entry.name, lazyArray(bytes, dataStart, entry)])), metadata };
}

function headerBytes(bytes: Uint8Array): number {
  const length = bytes.byteLength < 8 ? 0n : new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new SafetensorsError(
      'safetensors/header-too-large',
      `expected a header of at most ${maxHeaderBytes} bytes; found ${length}. The file is damaged or not safetensors.`,
      { headerBytes: length },
    );
  }
  if (bytes.byteLength < 8 + Number(length)) {
    throw new SafetensorsError(
      'safetensors/truncated',
      `expected at least ${8n + length} bytes; found ${bytes.byteLength}. Copy or download the file again.`,
      { expectedBytes: 8 + Number(length), foundBytes: bytes.byteLength },
    );
  }
  return Number(length);
}

function decodeText(bytes: Uint8Array, dataStart: number): string {
  // A copy: browsers do not decode shared memory. `ignoreBOM` keeps a mark in the text, where it is an error.
  const copy = new Uint8Array(bytes.subarray(8, dataStart));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(copy);
  } catch {
    throw new SafetensorsError(
      'safetensors/not-utf8',
      'expected a header in UTF-8; found other bytes. The file is damaged or not safetensors.',
    );
  }
}

function lazyArray(bytes: Uint8Array, dataStart: number, entry: TensorEntry): ParsedArray {
  let data: TensorData | undefined;
  const array = {
    shape: entry.shape,
    dtype: entry.format.dtype,
    get data(): TensorData {
      data ??= readData(bytes, dataStart, entry);
      return data;
    },
  };
  // The table of element types pairs each name with its array; the compiler cannot see that through a loop over it.
  return array as ParsedArray;
}

function readData(bytes: Uint8Array, dataStart: number, entry: TensorEntry): TensorData {
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
