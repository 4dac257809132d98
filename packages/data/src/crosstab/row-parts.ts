import type { DataFault } from '../data-error.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import { FaultList } from '../source/fault-list.ts';
import { toTimes } from '../source/loose-times.ts';
import type { SourceTable } from '../source/source-table.ts';
import { joinTimeParts } from '../time/join-time-parts.ts';
import type { Across, AcrossColumn } from './across.ts';
import { hoursAcross } from './hours-across.ts';
import { isSum, monthIn, quarterIn, type RowKind, type RowPart, yearIn } from './row-part.ts';

/** The rest of the time of each row, NaN for rows of sums; and the texts that it was read from. */
export interface RowParts {
  readonly parts: Float64Array;
  readonly texts: readonly string[];
  /** Rows of sums, from 0. */
  readonly sums: readonly number[];
  /** Where rows are hours: all of them, and that of each row. */
  readonly hours?: Across;
  readonly steps?: readonly (AcrossColumn | undefined)[];
}

/** The text of a cell of a column of texts. */
export function textsOf(table: SourceTable, name: string): string[] {
  const { codes, names } = table.texts.get(name)!;
  return Array.from(codes, (code) => (code < 0 ? '' : names[code]!.trim()));
}

const readers = { year: yearIn, month: monthIn, quarter: quarterIn };
const said: Readonly<Record<RowKind, string>> = {
  year: 'a year of four digits',
  month: 'a month',
  quarter: 'a quarter',
  hour: 'an hour',
  day: 'a day alone: it has a clock',
};

/**
 * Reads the column with the rest of the time: years, months and quarters as numbers, hours as steps from 0, days as
 * milliseconds since the epoch.
 *
 * @throws DataError `data/bad-time`, `data/ambiguous-date`, `data/empty-key` with line and column
 */
export function readRowParts(table: SourceTable, { name, columns, kind }: RowPart, options: SeriesOptions): RowParts {
  const texts = joinedTexts(table, columns);
  const sums = texts.flatMap((text, row) => (text !== '' && isSum(text) ? [row] : []));
  const skipped = new Set(sums);
  const faults = new FaultList();
  const place = (row: number) => {
    const line = table.lineOf(row);
    return { ...(line === undefined ? { row: row + 1 } : { line }), column: name };
  };
  const rows = texts.map((_, row) => row).filter((row) => !skipped.has(row));
  const parts = new Float64Array(table.rows).fill(Number.NaN);
  const hours = kind === 'hour' ? hoursAcross([...new Set(rows.map((row) => texts[row]!))]) : undefined;
  const steps = new Map(hours?.columns.map((column) => [column.name, column]));
  const days = kind === 'day' ? readDays(table, rows, texts, options, place) : undefined;
  for (const [at, row] of rows.entries()) {
    const text = texts[row]!;
    const part = kind === 'day' ? days![at] : kind === 'hour' ? steps.get(text)?.part : readers[kind](text);
    if (part !== undefined && (kind !== 'day' || part % 86_400_000 === 0)) parts[row] = part;
    else if (text === '')
      faults.add('data/empty-key', { ...place(row), value: text, reason: `empty ${name}; every row needs one` });
    else faults.add('data/bad-time', { ...place(row), value: text, reason: `"${text}" is not ${said[kind]}` });
  }
  if (faults.count > 0) throw faults.toError(table.name, 'Correct the data.');
  return { parts, texts, sums, ...(hours && { hours, steps: texts.map((text) => steps.get(text)) }) };
}

/** The texts of a column, or of several that are a date together. */
function joinedTexts(table: SourceTable, columns: readonly string[]): string[] {
  const cells = columns.map((name) => textsOf(table, name));
  if (cells.length === 1) return cells[0]!;
  return cells[0]!.map((_, row) => {
    const parts = cells.map((column) => column[row]!);
    return parts.includes('') ? '' : joinTimeParts(parts, columns);
  });
}

/** Times of some rows, by the rules of every column of times. */
function readDays(
  table: SourceTable,
  rows: readonly number[],
  texts: readonly string[],
  options: SeriesOptions,
  place: (row: number) => Pick<DataFault, 'column'>,
): Float64Array {
  const own = new FaultList();
  const { time } = toTimes(place(0).column!, { cells: rows.map((row) => texts[row]) }, options, own);
  if (own.count === 0) return time;
  const faults = new FaultList();
  const { code } = own.toError('', '');
  for (const { row, ...fault } of own.faults) faults.add(code, { ...fault, ...place(rows[row! - 1]!) });
  faults.count = own.count;
  throw faults.toError(table.name, 'Correct the data.');
}
