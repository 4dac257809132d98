import { DataError } from '../data-error.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type LooseColumn, lookOfCell } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable } from '../source/source-table.ts';

/** One row of an API or a database: column name to cell. */
export type DataRow = Readonly<Record<string, unknown>>;

/**
 * Makes series of row objects. Cells may be numbers, bigints, numeric texts, Dates, ISO texts, null or undefined.
 *
 * @throws DataError with row and column of the first fault
 */
export async function readRows(rows: readonly DataRow[], options: SeriesOptions = {}): Promise<SeriesSet> {
  checkSeriesOptions('readRows', options, []);
  const { table, roles } = await loadRows(rows, options, 'rows');
  return buildSeries(table, roles, options);
}

/** Row objects as a table; `lineOf` where rows come from lines of a file. */
export async function loadRows(
  rows: readonly DataRow[],
  options: SeriesOptions,
  format: string,
  lineOf?: (row: number) => number | undefined,
): Promise<RoleTable> {
  const name = options.name ?? format;
  if (rows.length === 0) throw new DataError('data/empty-file', `${name}: there are no rows.`, { file: name });
  const names = columnNames(name, rows);
  const columns = names.map((column): LooseColumn => {
    const firstCell = rows.find((row) => lookOfCell(row[column]) !== 'empty')?.[column];
    return {
      name: column.trim(),
      look: lookOfCell(firstCell),
      load: () => ({ cells: rows.map((row) => row[column]) }),
    };
  });
  return loadLoose({ name, format, rows: rows.length, columns, ...(lineOf ? { lineOf } : {}) }, options);
}

function columnNames(name: string, rows: readonly DataRow[]): string[] {
  const names = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      const message = `${name}: row ${index + 1} is not an object with columns; found ${JSON.stringify(row)?.slice(0, 40)}.`;
      throw new DataError('data/ragged-row', message, { file: name, row: index + 1 });
    }
    for (const key in row) names.add(key);
  }
  return [...names];
}
