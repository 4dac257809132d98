import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { DataFinding } from '../report/data-report.ts';
import type { SourceTable, TextColumn } from '../source/source-table.ts';
import { formatTime } from '../time/format-time.ts';
import type { SeriesOptions } from './series-options.ts';

/** Rows by series and time: series k owns `order[offsets[k] … offsets[k + 1])`; a null order is the source's own. */
export interface OrderedRows {
  readonly ids: readonly string[];
  readonly offsets: Float64Array;
  readonly order: Uint32Array | null;
  readonly unsorted: DataFinding | null;
}

/** Groups rows by id (in order of first appearance) and sorts each series by time where it is not sorted. */
export function orderRows(
  table: SourceTable,
  idColumn: TextColumn | null,
  singleId: string,
  options: SeriesOptions,
): OrderedRows {
  const { ids, offsets, isGrouped, group } = groupRows(table.rows, idColumn, singleId);
  let order = isGrouped ? null : bucketRows(table.rows, idColumn!.codes, group, offsets);
  if (table.time === null) return { ids, offsets, order, unsorted: null };
  let count = 0;
  let first: string | null = null;
  for (let series = 0; series < ids.length; series++) {
    const late = firstUnsorted(table.time, order, offsets[series]!, offsets[series + 1]!);
    if (late < 0) continue;
    const row = order ? order[late]! : late;
    const place = `series '${ids[series]}' at ${(table.showTime ?? formatTime)(table.time[row]!)}${linePlace(table, row)}`;
    if (options.unsorted === 'error') {
      const message = `${table.name}: ${place} is earlier than the row before it; sort the file, or pass ${remedy('unsorted', 'sort')}.`;
      throw new DataError('data/unsorted', message, { file: table.name, series: ids[series]!, row: rowOf(table, row) });
    }
    first ??= place;
    count++;
    order ??= identity(table.rows);
    sortByTime(order.subarray(offsets[series], offsets[series + 1]), table.time);
  }
  const unsorted = count === 0 ? null : { count, series: count, first, action: 'sorted by time' };
  return { ids, offsets, order, unsorted };
}

/** ` (line 7)` where the source has lines, else the row; with the file where there are several. */
export function linePlace(table: SourceTable, row: number): string {
  return ` (${placeOf(table, row)})`;
}

/** `line 7`, `row 7` or `a.csv line 7`. */
export function placeOf(table: SourceTable, row: number): string {
  const line = table.lineOf(row);
  const file = table.fileOf === undefined ? '' : `${table.fileOf(row)} `;
  const column = table.cellOf === undefined ? '' : `, column '${table.cellOf(row).column}'`;
  return `${file}${line === undefined ? `row ${rowOf(table, row)}` : `line ${line}`}${column}`;
}

/** The row of the source that a row stands in, from 1. */
export function rowOf(table: SourceTable, row: number): number {
  return (table.cellOf?.(row).row ?? row) + 1;
}

function groupRows(rows: number, column: TextColumn | null, singleId: string) {
  if (column === null)
    return { ids: [singleId], offsets: Float64Array.of(0, rows), isGrouped: true, group: new Int32Array() };
  const counts = new Float64Array(column.names.length);
  const group = new Int32Array(column.names.length).fill(-1);
  const ids: string[] = [];
  let isGrouped = true;
  let previous = -1;
  for (let row = 0; row < rows; row++) {
    const code = column.codes[row]!;
    if (code !== previous) {
      if (group[code]! < 0) group[code] = ids.push(column.names[code]!) - 1;
      else isGrouped = false;
      previous = code;
    }
    counts[code]!++;
  }
  const offsets = new Float64Array(ids.length + 1);
  for (let code = 0; code < group.length; code++) if (group[code]! >= 0) offsets[group[code]! + 1] = counts[code]!;
  for (let series = 0; series < ids.length; series++) offsets[series + 1]! += offsets[series]!;
  return { ids, offsets, isGrouped, group };
}

function bucketRows(rows: number, codes: Int32Array, group: Int32Array, offsets: Float64Array): Uint32Array {
  const next = offsets.slice();
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[next[group[codes[row]!]!]!++] = row;
  return order;
}

function firstUnsorted(time: Float64Array, order: Uint32Array | null, start: number, end: number): number {
  for (let k = start + 1; k < end; k++) {
    const earlier = time[order ? order[k - 1]! : k - 1]!;
    if (time[order ? order[k]! : k]! < earlier) return k;
  }
  return -1;
}

function identity(rows: number): Uint32Array {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

/** A reversed series is common (newest first) and is turned round; anything else is sorted, equal times kept in order. */
function sortByTime(order: Uint32Array, time: Float64Array): void {
  let isReversed = true;
  for (let k = 1; k < order.length && isReversed; k++) isReversed = time[order[k]!]! < time[order[k - 1]!]!;
  if (isReversed) order.reverse();
  else order.sort((left, right) => time[left]! - time[right]! || left - right);
}
