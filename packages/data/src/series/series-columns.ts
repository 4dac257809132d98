import type { SourceTable } from '../source/source-table.ts';

/** The columns of all series in order: `sourceRow` leads from a row back to the source, for messages. */
export interface SeriesColumns {
  readonly table: SourceTable;
  readonly ids: readonly string[];
  readonly offsets: Float64Array;
  /** Instants, milliseconds since the epoch. */
  readonly time: Float64Array | null;
  /** Zone in which the times were written: `Z`, an offset, an IANA name, or null. */
  readonly zone: string | null;
  /** A time as the source writes it, for messages. */
  readonly show: (time: number) => string;
  readonly targets: readonly Float64Array[];
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly codes: ReadonlyMap<string, Int32Array>;
  /** Row of the source for each row here, −1 for an inserted one; null when they are the same. */
  readonly sourceRows: Int32Array | Uint32Array | null;
}

/** Picks rows of a column; a null order gives the column itself, not a copy. */
export function pickNumbers(column: Float64Array, order: Uint32Array | null): Float64Array {
  if (order === null) return column;
  const picked = new Float64Array(order.length);
  for (let k = 0; k < picked.length; k++) picked[k] = column[order[k]!]!;
  return picked;
}

/** `pickNumbers` for codes. */
export function pickCodes(column: Int32Array, order: Uint32Array | null): Int32Array {
  if (order === null) return column;
  const picked = new Int32Array(order.length);
  for (let k = 0; k < picked.length; k++) picked[k] = column[order[k]!]!;
  return picked;
}

/** The source row behind a row, or the row itself. */
export function sourceRowOf(columns: SeriesColumns, row: number): number {
  return columns.sourceRows === null ? row : columns.sourceRows[row]!;
}

/** The series that owns a row. */
export function seriesOfRow(offsets: Float64Array, row: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Row behind the last target of each series: later rows hold covariates that are known ahead. */
export function targetEnds(columns: SeriesColumns, hasFuture: boolean): Float64Array {
  const ends = columns.offsets.slice(1);
  if (!hasFuture) return ends;
  for (let series = 0; series < ends.length; series++) {
    const start = columns.offsets[series]!;
    while (ends[series]! > start && columns.targets.every((target) => Number.isNaN(target[ends[series]! - 1]!)))
      ends[series]!--;
  }
  return ends;
}
