import { type DtypeFormat, formatOfCode } from './dtype.ts';
import { elementCount, isCount } from './element-count.ts';
import type { HeaderValue } from './read-header-text.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** Where one tensor lies: `[begin, end)` in bytes from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly format: DtypeFormat;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The header's key that holds free text instead of a tensor. */
export const metadataKey = '__metadata__';

/** Reads the tensor entries of a header, checking each by itself. */
export function readEntries(header: ReadonlyMap<string, HeaderValue>): readonly TensorEntry[] {
  return [...header].filter(([name]) => name !== metadataKey).map(([name, value]) => readEntry(name, value));
}

/** Reads the free text of a header; undefined when it has none, which is not the same file as an empty one. */
export function readMetadata(header: ReadonlyMap<string, HeaderValue>): ReadonlyMap<string, string> | undefined {
  const value = header.get(metadataKey);
  if (value === undefined) return undefined;
  const stranger = value instanceof Map ? [...value].find(([, text]) => typeof text !== 'string')?.[0] : metadataKey;
  if (stranger === undefined) return value as ReadonlyMap<string, string>;
  throw new SafetensorsError(
    'safetensors/invalid-metadata',
    `header: expected ${metadataKey} to be an object of texts; found something else at ${JSON.stringify(stranger)}. The file is damaged or not safetensors.`,
    { key: stranger },
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
      `tensor ${JSON.stringify(name)}: expected two data_offsets that enclose ${bytes} bytes (${format.code} × [${shape.join(', ')}]); found [${offsets.map(String).join(', ')}]. The file is damaged.`,
      { tensor: name, expectedBytes: bytes, offsets },
    );
  }
  return { name, format, shape: shape as readonly number[], begin, end };
}

function readFields(
  name: string,
  value: HeaderValue,
): { code: string; shape: readonly HeaderValue[]; offsets: readonly HeaderValue[] } {
  if (value instanceof Map && value.size === 3) {
    const [code, shape, offsets] = [value.get('dtype'), value.get('shape'), value.get('data_offsets')];
    if (typeof code === 'string' && Array.isArray(shape) && Array.isArray(offsets)) return { code, shape, offsets };
  }
  const found = value instanceof Map ? [...value.keys()].join(', ') : typeof value;
  throw new SafetensorsError(
    'safetensors/invalid-header',
    `tensor ${JSON.stringify(name)}: expected the fields dtype (text), shape and data_offsets (arrays), and no other; found ${found}. The file is damaged or of another version.`,
    { tensor: name },
  );
}
