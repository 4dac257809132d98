import type { EpochUnit } from '../time/epoch-time.ts';
import type { TimeFormat } from '../time/parse-formatted-time.ts';

/** How the cells of one column are read. */
export type CellKind = 'skip' | 'number' | 'time' | 'epoch' | 'formatted' | 'text';

/** One column of the file, in the order of the header; an empty cell of a key is a fault. */
export interface CellColumn {
  readonly name: string;
  readonly kind: CellKind;
  readonly isKey: boolean;
}

/** What the scanner has to know; `expectedBytes` lets it reserve the columns once. */
export interface ScannerOptions {
  readonly columns: readonly CellColumn[];
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly nullValues: readonly string[];
  readonly firstLine: number;
  readonly epochUnit: EpochUnit | undefined;
  readonly timeFormat: TimeFormat | undefined;
  readonly expectedBytes: number | undefined;
}
