import type { ColumnGlimpse, ColumnLook } from '../roles/column-glimpse.ts';
import type { EpochUnit } from '../time/epoch-time.ts';
import type { TextColumn } from './source-table.ts';

/** Cells of a column as a library or a user gives them: numbers, bigints, texts, Dates, booleans, null. */
export interface LooseCells {
  readonly cells: ArrayLike<unknown>;
  /** Unit of whole-number times, when the source declares one. */
  readonly timeUnit?: EpochUnit;
  /** True when the source says that its times are UTC or carry a zone. */
  readonly hasZone?: boolean;
  /** IANA zone or offset that the source names for its times. */
  readonly timeZone?: string;
  /** Set instead of texts where the source has them coded already. */
  readonly coded?: TextColumn;
}

/** What the cells of a column are read as. */
export type CellRole = 'time' | 'text' | 'number';

/** A column that is loaded only when it has a role. */
export interface LooseColumn extends ColumnGlimpse {
  load(role: CellRole): LooseCells | Promise<LooseCells>;
}

/** What a cell seems to be. */
export function lookOfCell(cell: unknown): ColumnLook {
  if (cell === null || cell === undefined || cell === '') return 'empty';
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return 'number';
  if (cell instanceof Date) return 'time';
  return /^\d{4}-\d\d/.test(String(cell))
    ? 'time'
    : /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(String(cell))
      ? 'number'
      : 'text';
}
