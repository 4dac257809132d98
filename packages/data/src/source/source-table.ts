import type { BarColumns } from '../bars/bar-columns.ts';
import type { DataFault } from '../data-error.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { OffsetRuns } from '../time/find-zone.ts';

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
  /** Name of the time column (of the first, where date and clock are two); null or absent without one. */
  readonly timeColumn?: string | null;
  /** UTC offset with which the times were written, in minutes east; `varying` when rows differ, absent without offset. */
  readonly utcOffset?: number | 'varying';
  /** Where offsets vary, of which row each is. */
  readonly offsetRuns?: OffsetRuns;
  /** IANA zone that the source names for its times, which are instants. */
  readonly timeZone?: string;
  /** First texts of the time column, where it has texts: the spelling that times are written in again. */
  readonly timeTexts?: readonly string[];
  /** Format of those texts, where they are not read without one and it is another than the told one. */
  readonly timeFormat?: string;
  /** Writes a time as the source does, for messages; set when its zone is known. */
  readonly showTime?: (time: number) => string;
  /** Columns beside the time column that seem to complete it: the clock of a date, month and day of a year. */
  readonly clockColumns?: readonly string[];
  /** Columns of texts without a role that may tell series apart. */
  readonly nameColumns?: readonly string[];
  /** A column of times without a role that changes more often than the one that was chosen. */
  readonly otherTime?: string;
  /** True when the columns belong to somebody else: they are copied before a policy writes into them. */
  readonly isShared: boolean;
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly texts: ReadonlyMap<string, TextColumn>;
  /** The parts of price bars, whether or not they have a role; a cell that is no number is NaN. */
  readonly bars?: BarColumns;
  /** Physical line of a row in a text file, from 1; undefined where a source has no lines. */
  readonly lineOf: (row: number) => number | undefined;
  /** Where a table was turned, row (from 0) and column of the source with the value of a row. */
  readonly cellOf?: (row: number) => { readonly row: number; readonly column: string };
  /** File of a row, when the table was joined from several. */
  readonly fileOf?: (row: number) => string;
  /** Frequency that the source declares, as `parseFrequency` reads it. */
  readonly declaredFrequency?: string;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly rejected: readonly DataFault[];
  readonly unusedColumns: readonly string[];
  readonly notices: readonly string[];
}

/** A table and the part that each of its columns plays. */
export interface RoleTable {
  readonly table: SourceTable;
  readonly roles: Roles;
}
