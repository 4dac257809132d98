import { checkLayout } from './check-layout.ts';
import { maxHeaderBytes } from './header-text.ts';
import { assertLength, lazyArray } from './lazy-array.ts';
import { assertLittleEndian } from './little-endian.ts';
import type { ParsedArray } from './named-array.ts';
import { kindOf, typedArrayName } from './quote.ts';
import { readHeader } from './read-header.ts';
import { SafetensorsError } from './safetensors-error.ts';

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
 * of two equal names win. At most a million tensors, as many keys of metadata, and 256 sizes in a shape.
 * Source: the format description of huggingface/safetensors.
 */
export function parse(bytes: Uint8Array): SafetensorsFile {
  assertLittleEndian();
  assertBytes(bytes);
  const dataStart = 8 + headerBytes(bytes);
  const { entries, metadata } = readHeader(bytes.subarray(8, dataStart));
  const ordered = checkLayout(entries, bytes.byteLength - dataStart);
  return {
    tensors: new Map(ordered.map((entry) => [entry.name, lazyArray(bytes, dataStart, entry)])),
    metadata,
  };
}

function assertBytes(bytes: unknown): void {
  if (typedArrayName(bytes) === 'Uint8Array') return;
  const remedy =
    typeof bytes === 'string'
      ? 'Read the file first, for example with readFile(path) of node:fs/promises'
      : 'Make one of your memory: new Uint8Array(buffer), or new Uint8Array(view.buffer, view.byteOffset, view.byteLength)';
  throw new SafetensorsError(
    'safetensors/invalid-argument',
    `expected the bytes of a file as a Uint8Array, such as a Node Buffer; found ${kindOf(bytes)}. ${remedy}.`,
  );
}

function headerBytes(bytes: Uint8Array): number {
  const length = bytes.byteLength < 8 ? 0n : new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new SafetensorsError(
      'safetensors/header-too-large',
      `expected a header of at most ${maxHeaderBytes} bytes; found ${length}. The file is damaged or not safetensors.`,
      { headerBytes: length },
    );
  }
  assertLength(bytes, 8 + Number(length), 'Copy or download the file again.');
  return Number(length);
}
