import { SafetensorsError } from './safetensors-error.ts';

/** What a header's JSON may hold. Maps, because records would reorder keys such as `'10'` and trip on `__proto__`. */
export type HeaderValue = string | number | readonly HeaderValue[] | ReadonlyMap<string, HeaderValue>;

interface Cursor {
  readonly text: string;
  at: number;
}

/** Header, entry, shape: nothing in the format is deeper, and the bound keeps a hostile file off the call stack. */
const maxDepth = 3;

/**
 * Reads the part of JSON that a header uses: objects, arrays, strings, whole numbers ≥ 0.
 *
 * `JSON.parse` cannot do it: it keeps the last of two equal keys in silence, and forgets the order of keys that look
 * like integers, without which a file would not be written back to the same bytes.
 */
export function readHeaderText(text: string): ReadonlyMap<string, HeaderValue> {
  const cursor: Cursor = { text, at: 0 };
  // Spec: the header begins with '{'. Space before it is therefore refused, space behind it is padding.
  if (text[0] !== '{') throw invalid(cursor, 'an object');
  const header = readObject(cursor, 1);
  skipSpace(cursor);
  if (cursor.at !== text.length) throw invalid(cursor, 'nothing but spaces behind the object');
  return header;
}

function readValue(cursor: Cursor, depth: number): HeaderValue {
  const next = cursor.text[cursor.at];
  if (depth > maxDepth && (next === '{' || next === '[')) throw invalid(cursor, `at most ${maxDepth} levels`);
  if (next === '{') return readObject(cursor, depth);
  if (next === '[') return readArray(cursor, depth);
  if (next === '"') return readString(cursor);
  return readCount(cursor);
}

function readObject(cursor: Cursor, depth: number): ReadonlyMap<string, HeaderValue> {
  const fields = new Map<string, HeaderValue>();
  readList(cursor, '}', () => {
    const name = readString(cursor);
    if (fields.has(name)) throw duplicate(name);
    skipSpace(cursor);
    take(cursor, ':');
    skipSpace(cursor);
    fields.set(name, readValue(cursor, depth + 1));
  });
  return fields;
}

function readArray(cursor: Cursor, depth: number): readonly HeaderValue[] {
  const items: HeaderValue[] = [];
  readList(cursor, ']', () => items.push(readValue(cursor, depth + 1)));
  return items;
}

function readList(cursor: Cursor, close: string, readItem: () => void): void {
  cursor.at += 1;
  skipSpace(cursor);
  while (cursor.text[cursor.at] !== close) {
    readItem();
    skipSpace(cursor);
    if (cursor.text[cursor.at] === close) break;
    take(cursor, ',');
    skipSpace(cursor);
    if (cursor.text[cursor.at] === close) throw invalid(cursor, 'an item behind the comma');
  }
  cursor.at += 1;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  take(cursor, '"');
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== '"') {
    cursor.at += cursor.text[cursor.at] === '\\' ? 2 : 1;
  }
  take(cursor, '"');
  try {
    return JSON.parse(cursor.text.slice(start, cursor.at)) as string;
  } catch {
    throw invalid({ text: cursor.text, at: start }, 'a JSON string');
  }
}

function readCount(cursor: Cursor): number {
  const digits = /(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
  digits.lastIndex = cursor.at;
  const value = Number(digits.exec(cursor.text)?.[0] ?? Number.NaN);
  if (!Number.isSafeInteger(value)) throw invalid(cursor, 'a string, an object, an array or a whole number ≥ 0');
  cursor.at = digits.lastIndex;
  return value;
}

function skipSpace(cursor: Cursor): void {
  while (' \t\n\r'.includes(cursor.text[cursor.at] ?? '.')) cursor.at += 1;
}

function take(cursor: Cursor, character: string): void {
  if (cursor.text[cursor.at] !== character) throw invalid(cursor, `'${character}'`);
  cursor.at += 1;
}

function invalid(cursor: Cursor, expected: string): SafetensorsError {
  const found =
    cursor.at < cursor.text.length ? JSON.stringify(cursor.text.slice(cursor.at, cursor.at + 20)) : 'its end';
  return new SafetensorsError(
    'safetensors/invalid-header',
    `header, character ${cursor.at}: expected ${expected}; found ${found}. The file is damaged or not safetensors.`,
    { character: cursor.at },
  );
}

function duplicate(name: string): SafetensorsError {
  return new SafetensorsError(
    'safetensors/duplicate-name',
    `header: expected every name once; found ${JSON.stringify(name)} twice. Two readers could take two different tensors for it, so the file is refused.`,
    { name },
  );
}
