import { badOption } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { type ColumnGlimpse, glimpseTexts } from '../roles/column-glimpse.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type LooseColumn, lookOfCell } from '../source/loose-column.ts';
import { type LooseTable, loadLoose } from '../source/read-loose.ts';
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
  if (!Array.isArray(rows)) throw badOption('readRows', 'rows', 'an array of row objects', rows);
  const { table, roles } = await loadRows(rows, options, 'rows');
  return buildSeries(table, roles, options);
}

/** Row objects as a table; `lineOf` where rows come from lines of a file, notices of what was done to them. */
export async function loadRows(
  rows: readonly DataRow[],
  options: SeriesOptions,
  format: string,
  about: Pick<LooseTable, 'lineOf' | 'notices'> = {},
): Promise<RoleTable> {
  const name = options.name ?? format;
  if (rows.length === 0) throw new DataError('data/empty-file', `${name}: there are no rows.`, { file: name });
  const names = columnNames(name, rows);
  const columns = names.map((column): LooseColumn => {
    return {
      ...glimpseCells(column, rows),
      load: () => ({ cells: rows.map((row) => row[column]) }),
    };
  });
  return loadLoose({ name, format, rows: rows.length, columns, ...about }, options);
}

/** What the first cells of a column say; a column that is empty at first is judged by its first cell with a value. */
function glimpseCells(column: string, rows: readonly DataRow[]): ColumnGlimpse {
  const name = column.trim();
  const isFull = (row: DataRow) => lookOfCell(row[column]) !== 'empty';
  const firstCell = rows.find(isFull)?.[column];
  if (typeof firstCell === 'object' || typeof firstCell === 'boolean') {
    const look = lookOfCell(firstCell);
    return look === 'text' ? { name, look, example: shownInside(firstCell as object) } : { name, look };
  }
  const texts = rows
    .slice(0, 200)
    .filter(isFull)
    .map((row) => String(row[column]));
  if (texts.length === 0 && firstCell !== undefined) texts.push(String(firstCell));
  return glimpseTexts(name, texts, { decimal: '.' });
}

/** An object or list of an API or a database as a message shows it: it may be large, or hold itself. */
const shownInside = (cell: object): string => (Array.isArray(cell) ? '[…]' : `{ ${Object.keys(cell).join(', ')} }`);

function columnNames(name: string, rows: readonly DataRow[]): string[] {
  const names = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      const message = `${name}: row ${index + 1} is not an object with columns; found ${JSON.stringify(row)?.slice(0, 40)}; write rows as objects, { date: …, sales: … }.`;
      throw new DataError('data/ragged-row', message, { file: name, row: index + 1 });
    }
    for (const key in row) names.add(key);
  }
  return [...names];
}
