import { numberForm } from '../csv/number-forms.ts';
import { defaultNullValues, nullNumbers, numberHint, numberStyle, parseNumber } from '../csv/parse-number.ts';
import { shorten } from '../printable.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import { epochTime, epochTimeOfInteger } from '../time/epoch-time.ts';
import { formatTime } from '../time/format-time.ts';
import type { FaultList } from './fault-list.ts';
import type { LooseCells } from './loose-column.ts';
import type { TextColumn } from './source-table.ts';

/** How numbers are written in cells of texts. */
type NumberOptions = Pick<SeriesOptions, 'decimal' | 'thousands' | 'nullValues'>;

/** Numbers of a column; what is no number becomes a fault. A Float64Array is passed on as it is. `inexactRow` is the first that lost digits, from 1; 0 for none. */
export function toNumbers(
  name: string,
  column: LooseCells,
  options: NumberOptions,
  faults: FaultList,
): { numbers: Float64Array; forms: number; inexactRow: number } {
  const cells = plainCells(column);
  const style = numberStyle(options);
  const none = nullNumbers(options.nullValues ?? [], style);
  const seen = (value: number): number => (none.has(value) ? Number.NaN : value);
  if (cells instanceof Float64Array)
    return { numbers: none.size === 0 ? cells : cells.map(seen), forms: 0, inexactRow: 0 };
  const nulls = new Set([...defaultNullValues, ...(options.nullValues ?? [])]);
  const numbers = new Float64Array(cells.length);
  let forms = 0;
  let inexactRow = 0;
  for (let row = 0; row < numbers.length; row++) {
    const cell = cells[row];
    if (isLong(cell)) inexactRow ||= row + 1;
    if (typeof cell === 'number') numbers[row] = seen(cell);
    else if (typeof cell === 'bigint' || typeof cell === 'boolean') numbers[row] = seen(Number(cell));
    else if (cell === null || cell === undefined || (typeof cell === 'string' && nulls.has(cell.trim())))
      numbers[row] = Number.NaN;
    else {
      const text = shorten(textOf(cell).trim());
      const value = typeof cell === 'string' ? parseNumber(text, style) : undefined;
      const hint = typeof cell === 'object' ? nestedHint : numberHint(text, style);
      if (value === undefined)
        faults.add('data/bad-number', {
          row: row + 1,
          column: name,
          value: text,
          reason: `"${text}" is not a number${hint}`,
        });
      else {
        numbers[row] = seen(value);
        forms |= numberForm(text, style.decimal);
      }
    }
  }
  return { numbers, forms, inexactRow };
}

/** A whole number that float64 rounds. */
function isLong(cell: unknown): boolean {
  if (typeof cell === 'string' && !/^\s*[+-]?\d{16,}\s*$/.test(cell)) return false;
  return (typeof cell === 'bigint' || typeof cell === 'string') && !Number.isSafeInteger(Number(cell));
}

/** The cells themselves where a source has them coded: codes are no values. */
export function plainCells({ cells, coded }: LooseCells): ArrayLike<unknown> {
  return coded === undefined ? cells : Array.from(coded.codes, (code) => coded.names[code] ?? null);
}

/** Cells for who wants texts: a time, which is a number to its column, as a date. */
export function timesAsTexts(column: LooseCells): ArrayLike<unknown> {
  const { timeUnit } = column;
  const cells = plainCells(column);
  if (timeUnit === undefined) return cells;
  return Array.from(cells, (cell) => {
    if (typeof cell === 'bigint') return formatTime(epochTimeOfInteger(cell, timeUnit));
    return typeof cell === 'number' && !Number.isNaN(cell) ? formatTime(epochTime(cell, timeUnit)) : null;
  });
}

const nestedHint = '; cells must be single values, not lists or objects';

/** A cell as a text: lists and objects as JSON. */
export function textOf(cell: unknown): string {
  if (typeof cell !== 'object' || cell === null || cell instanceof Date) return String(cell);
  return JSON.stringify(cell, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
}

/** A cell of a key as a text; a Date in ISO 8601, whatever the zone of the machine. */
export function textOfKey(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? formatTime(cell.getTime()) : String(cell);
}

/** Codes of a column of texts; numbers are written as texts, so that ids stay what they are. */
export function toTexts(name: string, column: LooseCells, isKey: boolean, faults: FaultList): TextColumn {
  const { coded } = column;
  const cells = timesAsTexts(column);
  if (coded) {
    for (let row = 0; row < coded.codes.length && isKey; row++) {
      const code = coded.codes[row]!;
      if (code >= 0 && coded.names[code] !== '') continue;
      faults.add('data/empty-key', {
        row: row + 1,
        column: name,
        value: '',
        reason: `empty ${name}; every row needs one`,
      });
    }
    return coded;
  }
  const codes = new Int32Array(cells.length);
  const known = new Map<string, number>();
  for (let row = 0; row < codes.length; row++) {
    const cell = cells[row];
    const text = textOfKey(cell);
    if (text === '' && isKey)
      faults.add('data/empty-key', {
        row: row + 1,
        column: name,
        value: '',
        reason: `empty ${name}; every row needs one`,
      });
    let code = text === '' ? -1 : known.get(text);
    if (code === undefined) {
      code = known.size;
      known.set(text, code);
    }
    codes[row] = code;
  }
  return { codes, names: [...known.keys()] };
}
