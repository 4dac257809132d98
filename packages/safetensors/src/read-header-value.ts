import type { HeaderCursor } from './header-cursor.ts';
import { cut, quote } from './quote.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** What a header's JSON may hold. Maps, because records would reorder keys such as `'10'` and trip on `__proto__`. */
export type HeaderValue = string | number | readonly HeaderValue[] | ReadonlyMap<string, HeaderValue>;

/**
 * Names that one object of a header may have: tensors of a file, or keys of its metadata. The largest published models
 * have 100,000 tensors; without a limit a header of 100 MB holds 8 million names, and their maps take gigabytes.
 */
export const maxNames = 1_000_000;

/** Sizes of one shape; NumPy allows 64. Without a limit a header of 100 MB holds one shape of 50 million sizes. */
export const maxRank = 256;

/** Header, entry, shape: nothing in the format is deeper, and the bound keeps a hostile file off the call stack. */
const maxDepth = 3;

/**
 * Reads the part of JSON that a header uses: objects, arrays, strings, whole numbers ≥ 0.
 *
 * `JSON.parse` cannot do it: it keeps the last of two equal keys in silence, and forgets the order of keys that look
 * like integers, without which a file would not be written back to the same bytes.
 */
export function readHeaderValue(cursor: HeaderCursor, depth: number): HeaderValue {
  if (depth > maxDepth && (cursor.isAt('{') || cursor.isAt('['))) throw cursor.invalid(`at most ${maxDepth} levels`);
  if (cursor.isAt('{')) return readHeaderObject(cursor, () => readHeaderValue(cursor, depth + 1));
  if (cursor.isAt('[')) return readArray(cursor, depth);
  return cursor.isAt('"') ? cursor.readText() : cursor.readCount();
}

/** Reads an object; `readValue` reads and checks the value of a name, and what it returns is kept. */
export function readHeaderObject<Value>(
  cursor: HeaderCursor,
  readValue: (name: string) => Value,
): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  readList(cursor, '}', () => {
    const name = cursor.readText();
    if (fields.has(name)) throw duplicate(name);
    if (fields.size === maxNames) throw tooManyNames();
    cursor.skipSpace();
    cursor.take(':');
    cursor.skipSpace();
    fields.set(name, readValue(name));
  });
  return fields;
}

function readArray(cursor: HeaderCursor, depth: number): readonly HeaderValue[] {
  const items: HeaderValue[] = [];
  readList(cursor, ']', () => {
    if (items.length === maxRank) throw cursor.invalid(`at most ${maxRank} items`);
    items.push(readHeaderValue(cursor, depth + 1));
  });
  return items;
}

function readList(cursor: HeaderCursor, close: string, readItem: () => void): void {
  cursor.at += 1;
  cursor.skipSpace();
  while (!cursor.isAt(close)) {
    readItem();
    cursor.skipSpace();
    if (cursor.isAt(close)) break;
    cursor.take(',');
    cursor.skipSpace();
    if (cursor.isAt(close)) throw cursor.invalid('an item behind the comma');
  }
  cursor.at += 1;
}

function duplicate(name: string): SafetensorsError {
  return new SafetensorsError(
    'safetensors/duplicate-name',
    `header: expected every name once; found ${quote(name)} twice. Two readers could take two different tensors for it, so the file is refused.`,
    { name: cut(name) },
  );
}

/** Also what a writer says, so that nothing is written which cannot be read again. */
export function tooManyNames(): SafetensorsError {
  return new SafetensorsError(
    'safetensors/header-too-large',
    `expected at most ${maxNames} tensors, and as many keys of metadata; found more. Split the file.`,
    { maxNames },
  );
}
