import { DataError } from '../data-error.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { isPlain } from './flat-rows.ts';
import type { DataRow } from './read-rows.ts';
import { severalTables, wrappedRows } from './wrapped-rows.ts';

type Plain = Readonly<Record<string, unknown>>;

/**
 * Rows of a JSON document that is one object: tables as pandas writes them (`orient` columns, index, split and table),
 * columns as lists, values by their times, and the one table that an answer wraps. An index that counts from 0 is left
 * out, another becomes the column `index`. Rows may be lists without names.
 *
 * @throws DataError `data/corrupt-file` with the keys that were found
 */
export function documentRows(name: string, document: Plain): readonly unknown[] {
  const { columns, data, schema, index } = document;
  if (Array.isArray(columns) && Array.isArray(data)) return splitRows(name, columns, data, index);
  if (isPlain(schema) && Array.isArray(data)) return data as readonly DataRow[];
  const values = Object.values(document);
  if (values.length > 0 && values.every(Array.isArray))
    return pairedRows(document) ?? tablesIn(name, document) ?? listRows(name, document as Record<string, unknown[]>);
  if (values.length > 0 && values.every((value) => isPlain(value) && Object.values(value).every(isSingle)))
    return keyedRows(document as Record<string, Plain>);
  if (values.every(isSingle)) return byTime(document) ?? [document];
  const rows = wrappedRows(name, document);
  if (rows !== undefined) return rows;
  const found = Object.entries(document).map(([key, value]) => (Array.isArray(value) ? `${key} (a list)` : key));
  const message = `${name}: one object with ${found.slice(0, 8).join(', ')}; expected rows: an array of row objects, or one row object per line (pandas: orient="records"). Write the list of rows alone.`;
  throw new DataError('data/corrupt-file', message, { file: name });
}

const isSingle = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** `{ '2024-01-02': 7, … }` */
function byTime(document: Plain): DataRow[] | undefined {
  const times = Object.keys(document);
  if (times.length < 2 || !times.every(isTimeKey)) return undefined;
  return times.map((time) => ({ index: time, value: document[time] }));
}

/** Lists of rows are tables, not columns: values of one would get the times of another. */
function tablesIn(name: string, document: Plain): readonly unknown[] | undefined {
  const lists = Object.entries(document) as [string, readonly unknown[]][];
  const tables = lists.filter(
    ([, list]) => list.length > 0 && list.every((row) => typeof row === 'object' && row !== null),
  );
  if (tables.length > 1)
    throw severalTables(
      name,
      tables.map(([path]) => path),
    );
  return tables.length === 1 && lists.length === 1 ? tables[0]![1] : undefined;
}

/** Lists of `[time, value]`, a column each, where they have the same times. */
function pairedRows(document: Plain): DataRow[] | undefined {
  const lists = Object.entries(document) as [string, readonly unknown[]][];
  const first = lists[0]![1];
  const isPairs = lists.every(
    ([, list]) =>
      list.length === first.length &&
      list.every((pair, row) => Array.isArray(pair) && pair.length === 2 && pair[0] === (first[row] as unknown[])[0]),
  );
  if (!isPairs || first.length === 0) return undefined;
  return first.map((pair, row) => ({
    timestamp: (pair as unknown[])[0],
    ...Object.fromEntries(lists.map(([name, list]) => [name, (list[row] as unknown[])[1]])),
  }));
}

function splitRows(name: string, columns: readonly unknown[], data: readonly unknown[], index: unknown): DataRow[] {
  const keys = Array.isArray(index) && !isCount(index.map(String)) ? index : undefined;
  return data.map((cells, row) => {
    if (!Array.isArray(cells) || cells.length !== columns.length) {
      const message = `${name}: row ${row + 1} of data has not the ${columns.length} cells of columns.`;
      throw new DataError('data/ragged-row', message, { file: name, row: row + 1 });
    }
    const entries = columns.map((column, at): [string, unknown] => [String(column), cells[at]]);
    return Object.fromEntries(keys === undefined ? entries : [['index', keys[row]], ...entries]);
  });
}

function listRows(name: string, columns: Readonly<Record<string, readonly unknown[]>>): DataRow[] {
  const names = Object.keys(columns);
  const lengths = new Set(names.map((column) => columns[column]!.length));
  if (lengths.size > 1) {
    const found = names.map((column) => `${column} ${columns[column]!.length}`).slice(0, 8);
    const message = `${name}: its columns have different lengths: ${found.join(', ')}.`;
    throw new DataError('data/ragged-row', message, { file: name });
  }
  const [length] = lengths;
  return Array.from({ length: length! }, (_, row) =>
    Object.fromEntries(names.map((column) => [column, columns[column]![row]])),
  );
}

/**
 * Objects by column (`{ y: { 0: … } }`), or by row when the outer keys count from 0 or are times and the inner ones are
 * names.
 */
function keyedRows(document: Readonly<Record<string, Plain>>): DataRow[] {
  const outer = Object.keys(document);
  if (isCount(outer)) return outer.map((key) => document[key]!);
  const keys = new Set(outer.flatMap((column) => Object.keys(document[column]!)));
  const hasIndex = !isCount([...keys]);
  if (hasIndex && outer.every(isTimeKey) && ![...keys].some(isTimeKey))
    return outer.map((key) => ({ index: key, ...document[key]! }));
  return [...keys].map((key) => ({
    ...(hasIndex ? { index: key } : {}),
    ...Object.fromEntries(outer.map((column) => [column, document[column]![key]])),
  }));
}

function isCount(keys: readonly string[]): boolean {
  return keys.every((key, index) => key === String(index));
}

/** A time as a text, or as pandas writes it when it is not told otherwise: milliseconds since 1970. */
function isTimeKey(key: string): boolean {
  return isTimeText(key) || /^\d{11,19}$/.test(key);
}
