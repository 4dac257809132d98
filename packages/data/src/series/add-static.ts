import { badOption, checkKeys, checkTexts } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { DataRow } from '../rows/read-rows.ts';
import { FaultList } from '../source/fault-list.ts';
import { toNumbers, toTexts } from '../source/loose-cells.ts';
import { lookOfCell } from '../source/loose-column.ts';
import { checkSet } from './check-set.ts';
import { type CovariateColumn, joinCovariates } from './covariates.ts';
import { checkLevels } from './series-options.ts';
import type { SeriesSet } from './series-set.ts';

/** How static rows are joined. */
export interface AddStaticOptions {
  /** Column of the rows that holds the series id. */
  readonly id: string;
  /** Columns to take; default all but `id`. */
  readonly columns?: readonly string[];
  /** Levels of categories from an earlier set. */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Joins a table of static covariates, one row per series, by id; it replaces the static covariates of the set. Texts
 * become one column per level. Rows of other series are left out and counted in the report.
 *
 * @throws DataError `data/missing-value` for a series without row, `data/duplicate-series` for one with two
 */
export function addStatic(set: SeriesSet, rows: readonly DataRow[], options: AddStaticOptions): SeriesSet {
  checkSet('addStatic', set);
  checkKeys('addStatic', options, ['id', 'columns', 'levels']);
  if (typeof options.id !== 'string') throw badOption('addStatic', 'id', 'the column of series ids', options.id);
  checkTexts('addStatic', 'columns', options.columns);
  checkLevels('addStatic', options.levels);
  const byId = indexRows(rows, options.id);
  const ordered = set.ids.map((id) => {
    const row = byId.get(id);
    if (row) return row;
    throw new DataError(
      'data/missing-value',
      `static table: no row for series '${id}' in column '${options.id}'; add one.`,
      { series: id },
    );
  });
  const names =
    options.columns ?? [...new Set(ordered.flatMap((row) => Object.keys(row)))].filter((name) => name !== options.id);
  const faults = new FaultList();
  const columns = names.map((name): CovariateColumn => {
    const cells = { cells: ordered.map((row) => row[name]) };
    if (cells.cells.some((cell) => lookOfCell(cell) === 'text'))
      return { name, ...toTexts(name, cells, false, faults) };
    return { name, numbers: toNumbers(name, cells, {}, faults).numbers };
  });
  for (const column of columns) checkComplete(set, column);
  if (faults.count > 0) throw faults.toError('static table', 'Correct the table.');
  const unused = byId.size - set.ids.length;
  const notices = unused === 0 ? [] : [`${unused} rows of the static table belong to no series and were left out`];
  return {
    ...set,
    static: joinCovariates('static table', columns, set.ids.length, options.levels),
    report: {
      ...set.report,
      columns: { ...set.report.columns, static: names },
      notices: [...set.report.notices, ...notices],
    },
  };
}

function indexRows(rows: readonly DataRow[], id: string): Map<string, DataRow> {
  const byId = new Map<string, DataRow>();
  for (const [index, row] of rows.entries()) {
    if (row[id] === undefined) {
      throw new DataError(
        'data/missing-column',
        `static table: row ${index + 1} has no '${id}'; its columns are: ${Object.keys(row).join(', ')}.`,
        { row: index + 1, column: id },
      );
    }
    const key = String(row[id]);
    if (byId.has(key))
      throw new DataError('data/duplicate-series', `static table: two rows for series '${key}'; leave one.`, {
        series: key,
        row: index + 1,
      });
    byId.set(key, row);
  }
  return byId;
}

function checkComplete(set: SeriesSet, column: CovariateColumn): void {
  const index = 'numbers' in column ? column.numbers.findIndex(Number.isNaN) : column.codes.indexOf(-1);
  if (index < 0) return;
  throw new DataError(
    'data/missing-value',
    `static table: series '${set.ids[index]}' has no '${column.name}'; fill it in, or leave the column out.`,
    { series: set.ids[index]!, column: column.name },
  );
}
