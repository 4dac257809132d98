import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding } from '../report/data-report.ts';
import type { SourceTable } from '../source/source-table.ts';
import { formatTime } from '../time/format-time.ts';
import { linePlace, type OrderedRows, rowOf } from './order-rows.ts';
import type { SeriesOptions } from './series-options.ts';

/** Rows that are left after duplicates; `groups` has, for the mean, the rows that stand behind each row left. */
export interface DistinctRows {
  readonly offsets: Float64Array;
  readonly order: Uint32Array | null;
  readonly finding: DataFinding | null;
  readonly groupStarts: Uint32Array | null;
  readonly allRows: Uint32Array | null;
}

/** Applies the policy for rows with the same id and time. */
export function resolveDuplicates(table: SourceTable, rows: OrderedRows, options: SeriesOptions): DistinctRows {
  const count = table.time === null ? 0 : countDuplicates(table.time, rows);
  if (count === 0) return { offsets: rows.offsets, order: rows.order, finding: null, groupStarts: null, allRows: null };
  const place = describeFirst(table, rows);
  const policy = options.duplicates ?? 'error';
  if (policy === 'error') throw duplicateError(table, place, count, options);
  return {
    ...keepOne(table.time!, rows, policy === 'last'),
    finding: { count, series: place.affected, first: place.text, action: actions[policy] },
  };
}

const actions = { last: 'kept the last row', first: 'kept the first row', mean: 'took the mean' } as const;

/** Means of the duplicate rows of a column. */
export function meanOfGroups(column: Float64Array, groupStarts: Uint32Array, allRows: Uint32Array): Float64Array {
  const means = new Float64Array(groupStarts.length);
  for (let k = 0; k < means.length; k++) {
    const end = k + 1 < groupStarts.length ? groupStarts[k + 1]! : allRows.length;
    let sum = 0;
    let count = 0;
    for (let j = groupStarts[k]!; j < end; j++) {
      const value = column[allRows[j]!]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    means[k] = count === 0 ? Number.NaN : sum / count;
  }
  return means;
}

function countDuplicates(time: Float64Array, { offsets, order }: OrderedRows): number {
  let count = 0;
  for (let series = 0; series + 1 < offsets.length; series++) {
    const end = offsets[series + 1]!;
    for (let k = offsets[series]! + 1; k < end; k++) {
      if (order ? time[order[k]!] === time[order[k - 1]!] : time[k] === time[k - 1]) count++;
    }
  }
  return count;
}

interface DuplicatePlace {
  readonly text: string;
  readonly series: string;
  readonly row: number;
  readonly affected: number;
}

function describeFirst(table: SourceTable, { ids, offsets, order }: OrderedRows): DuplicatePlace {
  const rowAt = (k: number) => (order ? order[k]! : k);
  let first: Omit<DuplicatePlace, 'affected'> | undefined;
  let affected = 0;
  for (let series = 0; series < ids.length; series++) {
    for (let k = offsets[series]! + 1; k < offsets[series + 1]!; k++) {
      const [one, two] = [rowAt(k - 1), rowAt(k)];
      if (table.time![one] !== table.time![two]) continue;
      affected++;
      const text = `series '${ids[series]}', ${(table.showTime ?? formatTime)(table.time![one]!)}${linePlace(table, one)} and${linePlace(table, two)}`;
      first ??= { text, series: ids[series]!, row: two + 1 };
      break;
    }
  }
  return { ...first!, affected };
}

function duplicateError(table: SourceTable, place: DuplicatePlace, count: number, options: SeriesOptions): DataError {
  const clock = clockAdvice(table);
  const names = table.texts.size === 0 && options.id === undefined ? namesAdvice(table) : undefined;
  const idAdvice =
    table.texts.size === 0 && options.id === undefined && names === undefined
      ? ` If the file holds several series, name the column of their ids: ${remedy('id')}.`
      : options.id !== undefined
        ? ` If one series of '${options.id}' is several, told apart by another column, write both into one column of ids.`
        : '';
  const advice = isClockChange(table, place.row - 1)
    ? `this looks like the end of summer time, when an hour occurs twice in local times; pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is)`
    : (clock ?? otherTimeAdvice(table, options) ?? names ?? `pass ${remedy('duplicates', 'last', 'first', 'mean')}`);
  const column = table.timeColumn ? ` in column '${table.timeColumn}'` : '';
  const message = `${table.name}: two rows with the same time${column}: ${place.text} (${count} in all); ${advice}.${idAdvice}`;
  const line = table.lineOf(place.row - 1);
  return new DataError('data/duplicate-time', message, {
    file: table.name,
    series: place.series,
    row: rowOf(table, place.row - 1),
    count,
    ...(line === undefined ? {} : { line }),
  });
}

/** Dates without a clock beside a column that has one: keeping one row of a day would throw the others away. */
function clockAdvice({ time, timeColumn, clockColumns }: SourceTable): string | undefined {
  if (!timeColumn || clockColumns === undefined || time!.some((value) => value % 86_400_000 !== 0)) return undefined;
  const beside = clockColumns.map((column) => `'${column}'`).join(', ');
  return `'${timeColumn}' is only a part of the time, and ${beside} beside it ${clockColumns.length === 1 ? 'seems' : 'seem'} to have the rest: pass ${remedy('time', [timeColumn, ...clockColumns])}`;
}

/** The day of an export, and beside it the days that are meant. */
function otherTimeAdvice({ otherTime }: SourceTable, options: SeriesOptions): string | undefined {
  if (otherTime === undefined || options.time !== undefined) return undefined;
  return `'${otherTime}' holds more times: pass ${remedy('time', otherTime)} if they are meant, else ${remedy('duplicates', 'last', 'first', 'mean')}`;
}

/** Texts beside the times: keeping one row of a time would throw the other series away. */
function namesAdvice({ nameColumns }: SourceTable): string | undefined {
  if (nameColumns === undefined) return undefined;
  const [first, ...others] = nameColumns.slice(0, 3);
  const beside = others.length === 0 ? '' : ` (or ${others.map((name) => `'${name}'`).join(' or ')})`;
  return `if '${first}'${beside} beside it tells series apart, pass ${remedy('id', first!)}, else ${remedy('duplicates', 'last', 'first', 'mean')}`;
}

/** One hour of a Sunday night of autumn that occurs twice, in times without offset, is a clock change. */
function isClockChange(table: SourceTable, row: number): boolean {
  const date = new Date(table.time![row]!);
  return (
    !table.timeHasZone &&
    date.getUTCDay() === 0 &&
    [9, 10, 2, 3].includes(date.getUTCMonth()) &&
    date.getUTCHours() >= 1 &&
    date.getUTCHours() <= 3
  );
}

function keepOne(time: Float64Array, { offsets, order }: OrderedRows, isLast: boolean): Omit<DistinctRows, 'finding'> {
  const total = offsets[offsets.length - 1]!;
  const allRows = order ?? Uint32Array.from({ length: total }, (_, row) => row);
  const kept = new Uint32Array(total);
  const groupStarts = new Uint32Array(total);
  const newOffsets = new Float64Array(offsets.length);
  let count = 0;
  for (let series = 0; series + 1 < offsets.length; series++) {
    for (let k = offsets[series]!; k < offsets[series + 1]!; k++) {
      const isRepeat = k > offsets[series]! && time[allRows[k]!] === time[allRows[k - 1]!];
      if (isRepeat && isLast) kept[count - 1] = allRows[k]!;
      if (isRepeat) continue;
      groupStarts[count] = k;
      kept[count++] = allRows[k]!;
    }
    newOffsets[series + 1] = count;
  }
  return { offsets: newOffsets, order: kept.slice(0, count), groupStarts: groupStarts.slice(0, count), allRows };
}
