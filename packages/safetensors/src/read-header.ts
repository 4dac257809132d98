import { type DtypeFormat, formatOfCode } from './dtype.ts';
import { elementCount, isCount } from './element-count.ts';
import { HeaderCursor } from './header-cursor.ts';
import { cut, kindOf, quote, quoteList } from './quote.ts';
import { type HeaderValue, readHeaderObject, readHeaderValue } from './read-header-value.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** Where one tensor lies: `[begin, end)` in bytes from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly format: DtypeFormat;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A header, each entry checked by itself. */
export interface Header {
  readonly entries: readonly TensorEntry[];
  /** undefined when the header has none, which is not the same file as an empty one */
  readonly metadata: ReadonlyMap<string, string> | undefined;
}

/** The header's key that holds free text instead of a tensor. */
export const metadataKey = '__metadata__';

/** Reads a header from its bytes. Each entry becomes what is kept of it at once, so that no tree of all of it exists. */
export function readHeader(bytes: Uint8Array): Header {
  const cursor = new HeaderCursor(bytes);
  // Spec: the header begins with '{'. Space before it is therefore refused, space behind it is padding.
  if (!cursor.isAt('{')) throw cursor.invalid('an object');
  const entries: TensorEntry[] = [];
  let metadata: ReadonlyMap<string, string> | undefined;
  readHeaderObject(cursor, (name) => {
    if (name === metadataKey) metadata = readMetadata(cursor);
    else entries.push(readEntry(name, readHeaderValue(cursor, 2)));
  });
  cursor.skipSpace();
  if (cursor.at !== bytes.length) throw cursor.invalid('nothing but spaces behind the object');
  return { entries, metadata };
}

function readMetadata(cursor: HeaderCursor): ReadonlyMap<string, string> {
  if (!cursor.isAt('{')) throw strangeMetadata(metadataKey);
  return readHeaderObject(cursor, (key) => {
    if (!cursor.isAt('"')) throw strangeMetadata(key);
    return cursor.readText();
  });
}

function strangeMetadata(key: string): SafetensorsError {
  return new SafetensorsError(
    'safetensors/invalid-metadata',
    `header: expected ${metadataKey} to be an object of texts; found something else at ${quote(key)}. The file is damaged or not safetensors.`,
    { key: cut(key) },
  );
}

function readEntry(name: string, value: HeaderValue): TensorEntry {
  const { code, shape, offsets } = readFields(name, value);
  const format = formatOfCode(name, code);
  const bytes = elementCount(name, shape) * format.width;
  const [begin, end] = offsets;
  if (offsets.length !== 2 || !isCount(begin) || !isCount(end) || end - begin !== bytes) {
    throw new SafetensorsError(
      'safetensors/invalid-offsets',
      `tensor ${quote(name)}: expected two data_offsets that enclose ${bytes} bytes (${format.code} × ${quoteList(shape)}); found ${quoteList(offsets)}. The file is damaged.`,
      { tensor: cut(name), expectedBytes: bytes, offsets: cut(offsets) },
    );
  }
  // A copy has no room to grow: the array that was pushed to keeps 17 places, which a million tensors pay for.
  return { name, format, shape: shape.slice() as readonly number[], begin, end };
}

function readFields(
  name: string,
  value: HeaderValue,
): { code: string; shape: readonly HeaderValue[]; offsets: readonly HeaderValue[] } {
  if (value instanceof Map && value.size === 3) {
    const [code, shape, offsets] = [value.get('dtype'), value.get('shape'), value.get('data_offsets')];
    if (typeof code === 'string' && Array.isArray(shape) && Array.isArray(offsets)) return { code, shape, offsets };
  }
  const found = value instanceof Map ? `the fields ${quoteList([...value.keys()])}` : kindOf(value);
  throw new SafetensorsError(
    'safetensors/invalid-header',
    `tensor ${quote(name)}: expected the fields dtype (text), shape and data_offsets (arrays), and no other; found ${found}. The file is damaged or of another version.`,
    { tensor: cut(name) },
  );
}
