import { FaultList } from '../source/fault-list.ts';
import type { SourceTable, TextColumn } from '../source/source-table.ts';
import { textsOf } from './row-parts.ts';

/** Which series each row belongs to; null where all rows are one. */
export interface RowSeries {
  readonly columns: readonly string[];
  readonly ids: TextColumn;
}

/**
 * Names the series of the rows: by the columns that are told, else by the first of the keys that tells rows of the same
 * time apart, else by as many of them together as it takes.
 *
 * @param parts the part of the time that each row has; null where rows have none, so that each is a series
 * @throws DataError `data/empty-key` for a row without a name
 */
export function seriesOfRows(
  table: SourceTable,
  told: readonly string[] | undefined,
  keys: readonly string[],
  parts: Float64Array | null,
): RowSeries | null {
  const columns = told ?? telling(table, keys, parts);
  if (columns.length === 0) return null;
  const cells = columns.map((name) => textsOf(table, name));
  const codes = new Int32Array(table.rows);
  const known = new Map<string, { readonly code: number; readonly cells: string }>();
  const faults = new FaultList();
  const column = columns.join(' + ');
  for (let row = 0; row < table.rows; row++) {
    const own = cells.map((column) => column[row]!);
    const id = own.filter((cell) => cell !== '').join('/');
    const first = known.get(id) ?? { code: known.size, cells: own.join('\0') };
    known.set(id, first);
    codes[row] = first.code;
    const isOther = first.cells !== own.join('\0');
    if (!isOther && (id !== '' || Number.isNaN(parts?.[row] ?? 0))) continue;
    const line = table.lineOf(row);
    const place = { ...(line === undefined ? { row: row + 1 } : { line }), column, value: id };
    if (isOther) faults.add('data/duplicate-series', { ...place, reason: `"${id}" is the name of another series too` });
    else faults.add('data/empty-key', { ...place, reason: `empty ${column}; every row needs one` });
  }
  if (faults.count > 0) throw faults.toError(table.name, 'Correct the data.');
  return { columns, ids: { codes, names: [...known.keys()] } };
}

/** The first columns that tell rows of one time apart; a row in which they are empty is told by none of them. */
function telling(table: SourceTable, keys: readonly string[], parts: Float64Array | null): readonly string[] {
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !Number.isNaN(parts?.[row] ?? 0));
  const cells = new Map(keys.map((key) => [key, textsOf(table, key)]));
  const told = (columns: readonly string[]): number => {
    const different = new Set<string>();
    for (const row of rows) {
      const id = columns.map((name) => cells.get(name)![row]!);
      if (id.length === 0 || id.some((cell) => cell !== '')) different.add(JSON.stringify([parts?.[row] ?? 0, ...id]));
    }
    return different.size;
  };
  if (parts !== null && told([]) === rows.length) return [];
  // A number of each row tells all of them apart, and makes a series of each.
  const repeating = keys.filter((key) => parts === null || new Set(cells.get(key)).size < rows.length);
  const found = [repeating, keys].map((some) => fewest(some, told, rows.length));
  return found.find((columns) => told(columns) === rows.length) ?? found[1]!;
}

/** The first column that tells all rows apart, else as many together as tell more and more of them. */
function fewest(
  keys: readonly string[],
  told: (columns: readonly string[]) => number,
  rows: number,
): readonly string[] {
  const single = keys.find((key) => told([key]) === rows);
  if (single !== undefined) return [single];
  let chosen: readonly string[] = [];
  let most = 0;
  for (const key of keys) {
    const count = told([...chosen, key]);
    if (count > most) [chosen, most] = [[...chosen, key], count];
  }
  return chosen;
}
