import { DataError, type DataErrorCode } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding } from '../report/data-report.ts';
import { fillCells } from './fill-gaps.ts';
import { linePlace, rowOf } from './order-rows.ts';
import { type SeriesColumns, seriesOfRow, sourceRowOf } from './series-columns.ts';
import type { SeriesOptions } from './series-options.ts';

/** A column that the policies are applied to, by name. */
export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
  readonly isTarget?: boolean;
}

/** Cells of one kind in some columns: how many, in how many series, and the first. */
interface CellSurvey {
  count: number;
  series: Set<number>;
  first: { row: number; column: string } | null;
}

/** The largest number that does not round to infinity in float32. */
const largestFloat32 = 3.4028235677973362e38;

/**
 * The columns with a cell that is empty, infinite or beyond float32: the only ones that need a closer look. Most have
 * none, and one tight pass says so.
 */
export function unusualColumns(cells: readonly NamedColumn[]): NamedColumn[] {
  return cells.filter(({ values }) => hasUnusual(values));
}

function hasUnusual(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (!isUsual(values[row]!)) return true;
  return false;
}

/** False for NaN, infinities and numbers beyond float32. */
function isUsual(value: number): boolean {
  return value <= largestFloat32 && value >= -largestFloat32;
}

/** Looks for infinities; `mask` turns them into NaN (in place). */
export function checkFinite(
  columns: SeriesColumns,
  cells: readonly NamedColumn[],
  options: SeriesOptions,
): DataFinding | null {
  const huge = surveyCells(columns, cells, (value) => Number.isFinite(value) && Math.abs(value) > largestFloat32);
  if (huge.count > 0) {
    const message = `${columns.table.name}: ${describe(columns, huge)}: beyond float32, in which models compute (${huge.count} such cells); change the unit of the column.`;
    throw cellError('data/float32-overflow', columns, huge, message);
  }
  const survey = surveyCells(columns, cells, (value) => value === Infinity || value === -Infinity);
  if (survey.count === 0) return null;
  const place = describe(columns, survey);
  if (options.nonFinite !== 'mask') {
    throw cellError(
      'data/non-finite',
      columns,
      survey,
      `${columns.table.name}: ${place}: infinite (${survey.count} such cells); correct it, or pass ${remedy('nonFinite', 'mask')}.`,
    );
  }
  for (const { values } of cells)
    for (let row = 0; row < values.length; row++) if (!Number.isFinite(values[row]!)) values[row] = Number.NaN;
  return { count: survey.count, series: survey.series.size, first: place, action: 'masked as not available' };
}

/** Looks for empty cells within `ends` and fills them by the policy (in place). */
export function checkMissing(
  columns: SeriesColumns,
  cells: readonly NamedColumn[],
  ends: Float64Array,
  options: SeriesOptions,
  inserted?: Uint8Array,
): DataFinding | null {
  const isMissing = (value: number, row: number) =>
    Number.isNaN(value) && inserted?.[row] !== 1 && row < ends[seriesOfRow(columns.offsets, row)]!;
  const survey = surveyCells(columns, cells, isMissing);
  if (survey.count === 0) return null;
  const policy = options.missing ?? 'error';
  const place = describe(columns, survey);
  const empty = cells.find(({ isTarget, values }) => isTarget && values.every((value) => Number.isNaN(value)));
  // Of arrays nobody chose a column, and a set without values may be meant.
  if (empty !== undefined && columns.table.format !== 'arrays') {
    const message = `${columns.table.name}: target column '${empty.name}' has no value in any row; is another column the target (${remedy('target')})?`;
    throw cellError('data/missing-value', columns, survey, message);
  }
  if (policy === 'error' || policy === 'drop') {
    const message = `${columns.table.name}: ${place}: no value (${survey.count} missing in ${survey.series.size} of ${columns.ids.length} series); pass ${remedy('missing', 'drop', 'forward', 'linear', 'zero', 'mask')}.`;
    throw cellError('data/missing-value', columns, survey, message);
  }
  for (const { values } of cells)
    for (const series of survey.series) fillCells(values, columns.offsets[series]!, ends[series]!, policy);
  const left = policy === 'mask' ? 0 : surveyCells(columns, cells, isMissing).count;
  const action =
    policy === 'mask' ? 'masked as not available' : policy === 'zero' ? 'filled with zero' : `filled ${policy}`;
  const rest = left === 0 ? '' : `, but ${left} without a value before them are masked as not available`;
  return { count: survey.count, series: survey.series.size, first: place, action: `${action}${rest}` };
}

function surveyCells(
  columns: SeriesColumns,
  cells: readonly NamedColumn[],
  isHit: (value: number, row: number) => boolean,
): CellSurvey {
  const survey: CellSurvey = { count: 0, series: new Set(), first: null };
  for (const { name, values } of cells) {
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (isUsual(value) || !isHit(value, row)) continue;
      survey.count++;
      survey.first ??= { row, column: name };
      survey.series.add(seriesOfRow(columns.offsets, row));
    }
  }
  return survey;
}

function describe(columns: SeriesColumns, survey: CellSurvey): string {
  const { row, column } = survey.first!;
  const series = columns.ids[seriesOfRow(columns.offsets, row)];
  const time = columns.time === null ? '' : `, ${columns.show(columns.time[row]!)}`;
  return `column '${column}', series '${series}'${time}${linePlace(columns.table, sourceRowOf(columns, row))}`;
}

function cellError(code: DataErrorCode, columns: SeriesColumns, survey: CellSurvey, message: string): DataError {
  const row = sourceRowOf(columns, survey.first!.row);
  const line = columns.table.lineOf(row);
  const series = columns.ids[seriesOfRow(columns.offsets, survey.first!.row)]!;
  return new DataError(code, message, {
    file: columns.table.name,
    row: rowOf(columns.table, row),
    column: columns.table.cellOf?.(row).column ?? survey.first!.column,
    series,
    count: survey.count,
    ...(line === undefined ? {} : { line }),
  });
}
