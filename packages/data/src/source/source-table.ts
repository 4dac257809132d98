import type { DataFault } from '../data-error.ts';

/** A column of texts: `names[codes[row]]`, code −1 where the cell is empty. */
export interface TextColumn {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** What a reader gives to the builder of series: only the columns that have a role, typed, in the order of the source. */
export interface SourceTable {
  readonly name: string;
  readonly format: string;
  readonly rows: number;
  /** Milliseconds since the epoch; null when the source has no time column. */
  readonly time: Float64Array | null;
  /** False when the times were written without UTC offset. */
  readonly timeHasZone: boolean;
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly texts: ReadonlyMap<string, TextColumn>;
  /** Physical line of a row in a text file, from 1; undefined where a source has no lines. */
  readonly lineOf: (row: number) => number | undefined;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly rejected: readonly DataFault[];
  readonly unusedColumns: readonly string[];
  readonly notices: readonly string[];
}
