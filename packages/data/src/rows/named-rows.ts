import { isValue } from '../csv/is-value.ts';
import { DataError } from '../data-error.ts';
import type { DataRow } from './read-rows.ts';

/**
 * Rows that are lists, as exchanges and charts give them, under names: those of the first list where it holds nothing but
 * texts that are no values, else `column1`, `column2`, … Rows that are objects stay as they are.
 *
 * @throws DataError `data/ragged-row` when the lists have different lengths
 */
export function namedRows(file: string, rows: readonly unknown[]): readonly DataRow[] {
  const [first] = rows;
  if (!Array.isArray(first) || !rows.every(Array.isArray)) return rows as readonly DataRow[];
  const isHeader = first.length > 0 && first.every((cell) => typeof cell === 'string' && !isValue(cell));
  const names = first.map((cell, index) => (isHeader ? String(cell) : `column${index + 1}`));
  const ragged = rows.findIndex((row) => row.length !== names.length);
  if (ragged >= 0) {
    const message = `${file}: row ${ragged + 1} is a list of ${rows[ragged]!.length} values, the first of ${names.length}; write them alike, or rows as objects.`;
    throw new DataError('data/ragged-row', message, { file, row: ragged + 1 });
  }
  return rows.slice(isHeader ? 1 : 0).map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}
