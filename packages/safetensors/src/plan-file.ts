import { compareText } from './compare-text.ts';
import { type DtypeFormat, formatOfDtype, layoutRank } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { encodeText, HeaderText } from './header-text.ts';
import { assertLittleEndian } from './little-endian.ts';
import type { Metadata, StreamedArray, StreamedArrays } from './named-array.ts';
import { cut, kindOf, quote } from './quote.ts';
import { metadataKey } from './read-header.ts';
import { maxNames, tooManyNames } from './read-header-value.ts';
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
  const tensors = entriesOf('arrays', arrays).map(([name, array]) => planTensor(name, array));
  tensors.sort(
    (left, right) => layoutRank(left.format) - layoutRank(right.format) || compareText(left.name, right.name),
  );
  const header = new HeaderText();
  if (metadata !== undefined) addMetadata(header, entriesOf('metadata', metadata));
  let end = 0;
  for (const { name, array, format, count } of tensors) {
    const begin = end;
    end += count * format.width;
    const fields = `"dtype":"${format.code}","shape":[${array.shape.join(',')}],"data_offsets":[${begin},${end}]`;
    header.addField(`${encodeText(name)}:{${fields}}`);
  }
  const head = header.encode();
  return { head, tensors, fileBytes: head.byteLength + end };
}

function planTensor(name: string, array: StreamedArray): PlannedTensor {
  if (name === metadataKey) {
    throw new SafetensorsError(
      'safetensors/invalid-name',
      `expected tensor names other than ${metadataKey}, which the format reserves. Rename the tensor, or pass metadata.`,
    );
  }
  encodeText(name);
  if (typeof array !== 'object' || array === null) {
    throw new SafetensorsError(
      'safetensors/invalid-argument',
      `tensor ${quote(name)}: expected { shape, dtype, data }; found ${kindOf(array)}. Pass all three.`,
      { tensor: cut(name) },
    );
  }
  const format = formatOfDtype(name, array.dtype);
  return { name, array, format, count: elementCount(name, array.shape) };
}

function addMetadata(header: HeaderText, metadata: readonly [string, string][]): void {
  const text = new HeaderText();
  for (const [key, value] of metadata) {
    const name = encodeText(key);
    if (typeof value !== 'string') {
      throw new SafetensorsError(
        'safetensors/invalid-metadata',
        `metadata ${quote(key)}: expected a text; found ${kindOf(value)}. Convert it, for example with JSON.stringify.`,
        { key: cut(key) },
      );
    }
    text.addField(`${name}:${encodeText(value)}`);
  }
  header.addField(`"${metadataKey}":${text}`);
}

/** Names and values of a record or a map. A list is refused although it is an object: its names would be 0, 1, 2 …. */
function entriesOf<Value>(
  what: string,
  values: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>,
): [string, Value][] {
  if (typeof values !== 'object' || values === null || Array.isArray(values) || ArrayBuffer.isView(values)) {
    throw new SafetensorsError(
      'safetensors/invalid-argument',
      `${what}: expected a record or a Map by name; found ${kindOf(values)}. Pass { name: value, … }.`,
    );
  }
  const entries =
    values instanceof Map
      ? [...(values as ReadonlyMap<string, Value>)]
      : Object.entries(values as Readonly<Record<string, Value>>);
  if (entries.length > maxNames) throw tooManyNames();
  return entries;
}
