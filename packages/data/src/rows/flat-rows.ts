import type { DataRow } from './read-rows.ts';

type Plain = Readonly<Record<string, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Rows whose cells are objects (`fields: { usage: 1 }`) with a column for each value of theirs: `fields.usage`. */
export function flatRows(rows: readonly DataRow[]): readonly DataRow[] {
  if (!rows.some((row) => isPlain(row) && Object.values(row).some(isPlain))) return rows;
  return rows.map((row) => (isPlain(row) ? Object.fromEntries(entriesOf(row, '')) : row));
}

function entriesOf(row: Plain, prefix: string): [string, unknown][] {
  return Object.entries(row).flatMap(([key, cell]): [string, unknown][] => {
    const value = unwrapped(cell);
    return isPlain(value) ? entriesOf(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]];
  });
}

/** MongoDB writes the type of a value around it: `{ $date: { $numberLong: '1704067200000' } }`. */
function unwrapped(cell: unknown): unknown {
  const [only, ...others] = isPlain(cell) ? Object.entries(cell) : [];
  return only?.[0].startsWith('$') && others.length === 0 ? unwrapped(only[1]) : cell;
}
