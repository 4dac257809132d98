import { type DtypeFormat, formatOfDtype, layoutRank } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { assertLittleEndian } from './little-endian.ts';
import type { Metadata, StreamedArray, StreamedArrays } from './named-array.ts';
import { maxHeaderBytes } from './parse.ts';
import { metadataKey } from './read-entries.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** A tensor in its place in the file. */
export interface PlannedTensor {
  readonly name: string;
  readonly array: StreamedArray;
  readonly format: DtypeFormat;
  /** Elements. */
  readonly count: number;
}

/** All that can be known of a file before its data are read. */
export interface FilePlan {
  /** The length field and the header, padded so that the data begin at a multiple of 8 bytes. */
  readonly head: Uint8Array;
  readonly tensors: readonly PlannedTensor[];
  readonly fileBytes: number;
}

/** Lays a file out as the reference implementation does: wide types first, then names by their UTF-8 bytes. */
export function planFile(arrays: StreamedArrays, metadata: Metadata | undefined): FilePlan {
  assertLittleEndian();
  const tensors = entriesOf(arrays).map(([name, array]) => planTensor(name, array));
  tensors.sort(
    (left, right) => layoutRank(left.format) - layoutRank(right.format) || compareText(left.name, right.name),
  );
  const fields = metadata === undefined ? [] : [`${quote(metadataKey)}:${metadataText(metadata)}`];
  let end = 0;
  for (const { name, array, format, count } of tensors) {
    const begin = end;
    end += count * format.width;
    fields.push(
      `${quote(name)}:{"dtype":"${format.code}","shape":[${array.shape.join(',')}],"data_offsets":[${begin},${end}]}`,
    );
  }
  const head = encodeHead(`{${fields.join(',')}}`);
  return { head, tensors, fileBytes: head.byteLength + end };
}

function planTensor(name: string, array: StreamedArray): PlannedTensor {
  if (name === metadataKey) {
    throw new SafetensorsError(
      'safetensors/invalid-name',
      `expected tensor names other than ${metadataKey}, which the format reserves. Rename the tensor, or pass metadata.`,
    );
  }
  assertText(name);
  const format = formatOfDtype(name, array.dtype);
  return { name, array, format, count: elementCount(name, array.shape) };
}

function metadataText(metadata: Metadata): string {
  const fields = entriesOf(metadata).map(([key, text]) => {
    assertText(key);
    if (typeof text === 'string') return `${quote(key)}:${quote(assertText(text))}`;
    throw new SafetensorsError(
      'safetensors/invalid-metadata',
      `metadata ${JSON.stringify(key)}: expected a text; found ${typeof text}. Convert it, for example with JSON.stringify.`,
      { key },
    );
  });
  return `{${fields.join(',')}}`;
}

function encodeHead(text: string): Uint8Array {
  const header = new TextEncoder().encode(text);
  const padded = Math.ceil(header.byteLength / 8) * 8;
  if (padded > maxHeaderBytes) {
    throw new SafetensorsError(
      'safetensors/header-too-large',
      `expected names, shapes and metadata that fit into ${maxHeaderBytes} bytes; found ${padded}. Split the file or shorten the metadata.`,
      { headerBytes: padded },
    );
  }
  const head = new Uint8Array(8 + padded).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
  head.set(header, 8);
  return head;
}

function entriesOf<Value>(values: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>): [string, Value][] {
  return values instanceof Map ? [...values] : Object.entries(values as Readonly<Record<string, Value>>);
}

/** UTF-16 order, which `<` has, and UTF-8 order differ where surrogates meet U+E000…U+FFFF; files use UTF-8's. */
function compareText(left: string, right: string): number {
  const [leftPoints, rightPoints] = [Array.from(left, codePoint), Array.from(right, codePoint)];
  const differs = leftPoints.findIndex((point, index) => point !== rightPoints[index]);
  if (differs < 0) return leftPoints.length - rightPoints.length;
  return leftPoints[differs]! - (rightPoints[differs] ?? -1);
}

function codePoint(character: string): number {
  return character.codePointAt(0)!;
}

function assertText(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw new SafetensorsError(
    'safetensors/invalid-name',
    `expected names and metadata that UTF-8 can hold; found half of a surrogate pair in ${JSON.stringify(text)}. Rename it.`,
    { text },
  );
}

/** JSON strings as the reference implementation writes them; JavaScript escapes the same characters. */
function quote(text: string): string {
  return JSON.stringify(text);
}
