import type { EpochUnit, TimeUnit } from '../time/epoch-time.ts';
import type { TimeFormat } from '../time/parse-formatted-time.ts';
import type { TimeJoiner } from '../time/time-joiner.ts';
import type { NumberStyle } from './parse-number.ts';

/** How the cells of one column are read; `part`: as texts that are joined to a time when the record is complete. */
export type CellKind = 'skip' | 'number' | 'time' | 'epoch' | 'formatted' | 'part' | 'text';

/** One column of the file, in the order of the header; an empty cell of a key is a fault. */
export interface CellColumn {
  readonly name: string;
  readonly kind: CellKind;
  readonly isKey: boolean;
  /** Looked at by checks only: what is no number in it is NaN, and no fault. */
  readonly isWatched?: boolean;
}

/** What the scanner has to know; `expectedBytes` lets it reserve the columns once. */
export interface ScannerOptions {
  readonly columns: readonly CellColumn[];
  readonly delimiter: string;
  readonly style: NumberStyle;
  /** Texts that mean "no value", the empty one among them. */
  readonly nullValues: readonly string[];
  readonly firstLine: number;
  /** First letter of lines that are left out. */
  readonly comment: string | undefined;
  readonly timeUnit: TimeUnit | undefined;
  /** Unit that the first times show, when none is told. */
  readonly foundUnit: EpochUnit | undefined;
  /** First cells of the time column, for advice on their form. */
  readonly timeSample: readonly string[];
  /** Fields whose cells are joined to a time, in the order in which they are read. */
  readonly timeParts: readonly number[];
  /** Joins them; there when there are any. */
  readonly timeJoiner: TimeJoiner | undefined;
  readonly timeFormat: TimeFormat | undefined;
  readonly expectedBytes: number | undefined;
}
