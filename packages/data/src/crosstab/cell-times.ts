import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SourceTable } from '../source/source-table.ts';
import { dayOfWeek } from '../time/parse-plain-time.ts';
import type { AcrossColumn } from './across.ts';
import type { Crosstab } from './crosstab.ts';
import { hourTimes } from './hour-times.ts';
import { checkMissingHour } from './missing-hour.ts';
import type { RowParts } from './row-parts.ts';
import { timeInName } from './time-names.ts';

const dayLength = 86_400_000;

/** When each cell of a crosstab is. */
export interface CellTimes {
  /** Milliseconds since the epoch; NaN for a cell that is empty since there is no such time. */
  readonly times: (row: number, column: number) => number;
  /** Some of them as the file would write them, so that forecasts are written so. */
  readonly texts: readonly string[];
  /** Format of those texts, where it has to be told. */
  readonly timeFormat: string | undefined;
  /** Whether they are instants: hours of days in a zone. */
  readonly hasZone: boolean;
}

/** @throws DataError `data/local-time`, `data/bad-time`, `data/ambiguous-date` with line and column of a cell */
export function cellTimes(
  table: SourceTable,
  crosstab: Crosstab,
  rowParts: RowParts | null,
  options: SeriesOptions,
): CellTimes {
  const { across, row } = crosstab;
  const { columns, kind, formats = [] } = across;
  if (formats.length > 1) throw ambiguous(table.name, columns[0]!.name, formats);
  const grid = columns.map(({ name }) => table.numbers.get(name)!);
  const isHourly = kind === 'hour' || row?.kind === 'hour';
  const zone = isHourly ? options.timezone : undefined;
  const hourTime = isHourly
    ? hourTimes(kind === 'hour' ? across : rowParts!.hours!, zone, () => daysOf(crosstab, rowParts!, grid))
    : undefined;
  if (kind === 'hour' && zone === undefined) checkMissingHour(table, across, rowParts!.parts, options);
  const timeOf = (at: number, part: number, column: AcrossColumn): number => {
    if (kind === 'month') return Date.UTC(part, column.part - 1);
    if (kind === 'quarter') return Date.UTC(part, column.part * 3 - 3);
    if (kind === 'week') return (dayOfWeek(part, column.part, 1) ?? Number.NaN) * dayLength;
    if (kind === 'hour') return hourTime!(part, column);
    if (kind === 'day') return dayOfMonth(part, column.part);
    if (row === undefined) return column.part;
    if (row.kind === 'hour') return hourTime!(column.part, rowParts!.steps![at]!);
    return Date.UTC(new Date(column.part).getUTCFullYear(), row.kind === 'month' ? part - 1 : part * 3 - 3);
  };
  // Computed once: asked for again and again while cells are sorted.
  const all = new Float64Array(table.rows * columns.length);
  for (let at = 0; at < table.rows; at++) {
    const part = rowParts === null ? 0 : rowParts.parts[at]!;
    for (const [column, one] of columns.entries()) {
      const time = Number.isNaN(part) ? Number.NaN : timeOf(at, part, one);
      if (Number.isNaN(time) && !Number.isNaN(part) && !Number.isNaN(grid[column]![at]!))
        throw noSuchTime(table, at, one.name, kind, isHourly ? (zone ?? null) : undefined, rowParts!.texts[at]!);
      all[at * columns.length + column] = time;
    }
  }
  return {
    times: (at, column) => all[at * columns.length + column]!,
    texts: spellings(crosstab, rowParts, all),
    timeFormat: formatOf(crosstab, options),
    hasZone: zone !== undefined,
  };
}

/** NaN for a day that the month does not have. */
function dayOfMonth(month: number, day: number): number {
  const time = month + (day - 1) * dayLength;
  return new Date(time).getUTCMonth() === new Date(month).getUTCMonth() ? time : Number.NaN;
}

/** What is told about dates is told about the part of the time that they are. */
function formatOf({ across, row }: Crosstab, { timeFormat }: SeriesOptions): string | undefined {
  const { kind, formats } = across;
  const dates = kind === 'time' ? formats?.[0] : timeFormat;
  if (dates === undefined) return undefined;
  if (kind === 'hour' || row?.kind === 'hour') return `${dates} %H:%M`;
  if (kind === 'quarter' || row?.kind === 'quarter') return '%YQ%q';
  if (kind === 'week') return '%G-W%V';
  if (kind === 'day') return '%Y-%m-%d';
  return kind === 'month' || row !== undefined ? '%Y-%m' : dates;
}

/** Days, and whether a step of each has a value. */
function daysOf(
  { across, row }: Crosstab,
  { parts, steps }: RowParts,
  grid: readonly Float64Array[],
): (readonly [day: number, isFilled: (part: number) => boolean])[] {
  const isFilled = (column: number, at: number) => !Number.isNaN(grid[column]?.[at] ?? Number.NaN);
  if (row?.kind === 'hour')
    return across.columns.map(({ part: day }, column) => [
      day,
      (part) =>
        isFilled(
          column,
          steps!.findIndex((step) => step?.part === part),
        ),
    ]);
  const columnOf = (part: number) => across.columns.findIndex((column) => column.part === part);
  return Array.from(parts, (day, at) => [day, (part: number) => isFilled(columnOf(part), at)] as const);
}

/** The first times as texts: months and quarters by the year, days with a clock, names as they are. */
function spellings({ across, row }: Crosstab, rowParts: RowParts | null, all: Float64Array): string[] {
  const { columns, kind, perDay = 24 } = across;
  const texts: string[] = [];
  const two = (number: number) => String(number).padStart(2, '0');
  const width = columns.length;
  for (let cell = 0; cell < all.length && texts.length < 50; cell++) {
    if (Number.isNaN(all[cell]!)) continue;
    const date = new Date(all[cell]!);
    const column = columns[cell % width]!;
    const year = date.getUTCFullYear();
    const label = timeInName(column.name);
    if (kind === 'hour' || row?.kind === 'hour') {
      const day = kind === 'hour' ? rowParts!.texts[Math.floor(cell / width)]! : label;
      const minutes = kind === 'hour' ? (column.part * 1440) / perDay : date.getUTCHours() * 60 + date.getUTCMinutes();
      if (minutes < 1440)
        texts.push(
          `${day.replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '')} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
        );
    } else if (kind === 'week') texts.push(`${rowParts!.texts[Math.floor(cell / width)]}-W${two(column.part)}`);
    else if (kind === 'day') texts.push(date.toISOString().slice(0, 10));
    else if (kind === 'quarter' || row?.kind === 'quarter') texts.push(`${year}Q${date.getUTCMonth() / 3 + 1}`);
    else if (kind === 'month' || row?.kind === 'month') texts.push(`${year}-${two(date.getUTCMonth() + 1)}`);
    else texts.push(label);
  }
  return texts;
}

function ambiguous(file: string, column: string, formats: readonly string[]): DataError {
  const message = `${file}: the columns are dates, but of '${column}' it cannot be told which number is the day; pass ${remedy('timeFormat', ...formats)}.`;
  return new DataError('data/ambiguous-date', message, { file, column, value: column });
}

/** @param zone of hours; null where none is told, undefined where they are no hours */
function noSuchTime(
  table: SourceTable,
  row: number,
  column: string,
  kind: string,
  zone: string | null | undefined,
  when: string,
): DataError {
  const line = table.lineOf(row);
  const place = `${table.name}: ${line === undefined ? `row ${row + 1}` : `line ${line}`}, column '${column}'`;
  const details = { file: table.name, row: row + 1, column, ...(line === undefined ? {} : { line }) };
  if (zone === undefined) return new DataError('data/bad-time', `${place}: ${when} has no such ${kind}.`, details);
  const said =
    zone === null
      ? `a value in an hour that ${when} has only where its clocks are put back; pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is)`
      : `a value in an hour that ${when} does not have in ${zone}; is the zone right? Hours that are counted without summer time have an offset for a zone: ${remedy('timezone', '+01:00')}`;
  return new DataError('data/local-time', `${place}: ${said}.`, details);
}
