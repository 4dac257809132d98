import { numberHint, parseNumber } from '../csv/parse-number.ts';
import { timeFault } from '../csv/time-fault.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import { type EpochUnit, epochTime, epochTimeOfInteger, epochUnitOf } from '../time/epoch-time.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { parseIsoTime } from '../time/parse-time.ts';
import type { FaultList } from './fault-list.ts';
import type { LooseCells } from './loose-column.ts';
import type { TextColumn } from './source-table.ts';

const nullTexts: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '-']);

/** Numbers of a column; what is no number becomes a fault. A Float64Array is passed on as it is. */
export function toNumbers(name: string, { cells }: LooseCells, faults: FaultList): Float64Array {
  if (cells instanceof Float64Array) return cells;
  const numbers = new Float64Array(cells.length);
  for (let row = 0; row < numbers.length; row++) {
    const cell = cells[row];
    if (typeof cell === 'number') numbers[row] = cell;
    else if (typeof cell === 'bigint' || typeof cell === 'boolean') numbers[row] = Number(cell);
    else if (cell === null || cell === undefined || (typeof cell === 'string' && nullTexts.has(cell.trim())))
      numbers[row] = Number.NaN;
    else {
      const text = String(cell).trim();
      const value = typeof cell === 'string' ? parseNumber(text, '.') : undefined;
      if (value === undefined)
        faults.add('data/bad-number', {
          row: row + 1,
          column: name,
          value: text,
          reason: `"${text}" is not a number${numberHint(text, '.')}`,
        });
      else numbers[row] = value;
    }
  }
  return numbers;
}

/** Codes of a column of texts; numbers are written as texts, so that ids stay what they are. */
export function toTexts(name: string, { cells, coded }: LooseCells, isKey: boolean, faults: FaultList): TextColumn {
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
    const text = cell === null || cell === undefined ? '' : String(cell);
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

/** Milliseconds that need no conversion. */
function isTyped({ cells, timeUnit }: LooseCells): boolean {
  if (timeUnit !== 'ms' || !(cells instanceof Float64Array)) return false;
  for (let row = 0; row < cells.length; row++) if (Number.isNaN(cells[row]!)) return false;
  return true;
}

/** Times of a column, and what was learned about them. */
export interface TimeCells {
  readonly time: Float64Array;
  readonly hasZone: boolean;
  readonly utcOffset: number | 'varying' | undefined;
  readonly foundUnit: EpochUnit | undefined;
  readonly mixedRows: readonly [zoned: number, naive: number] | undefined;
  readonly droppedDigits: boolean;
}

/** Milliseconds since the epoch of Dates, ISO texts and whole numbers in a told, declared or found unit. */
export function toTimes(
  name: string,
  column: LooseCells,
  options: Pick<SeriesOptions, 'timeUnit' | 'timeFormat'>,
  faults: FaultList,
): TimeCells {
  const { cells } = column;
  if (isTyped(column) && options.timeUnit === undefined)
    return {
      time: cells as Float64Array,
      hasZone: column.hasZone ?? true,
      utcOffset: (column.hasZone ?? true) ? 0 : undefined,
      foundUnit: undefined,
      mixedRows: undefined,
      droppedDigits: false,
    };
  const time = new Float64Array(cells.length);
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  let utcOffset: number | 'varying' | undefined;
  const encoder = new TextEncoder();
  const told = options.timeUnit;
  const format = options.timeFormat === undefined ? undefined : compileTimeFormat(options.timeFormat);
  let unit = told ?? column.timeUnit;
  let [firstZoned, firstNaive] = [-1, -1];
  for (let row = 0; row < time.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined || cell === '' || Number.isNaN(cell)) {
      faults.add('data/empty-key', {
        row: row + 1,
        column: name,
        value: '',
        reason: `empty ${name}; every row needs one`,
      });
    } else if (cell instanceof Date) {
      time[row] = cell.getTime();
      if (firstZoned < 0) firstZoned = row;
    } else if (typeof cell === 'number' || typeof cell === 'bigint') {
      unit ??= epochUnitOf(Number(cell));
      time[row] = typeof cell === 'bigint' ? epochTimeOfInteger(cell, unit) : epochTime(cell, unit);
      if (unit === 'ns' && typeof cell === 'bigint' && cell % 1000n !== 0n) reading.droppedDigits = true;
    } else if (format) {
      time[row] = format.parse(String(cell).trim());
      if (format.hasZone) firstZoned = 0;
    } else {
      const bytes = encoder.encode(String(cell).trim());
      time[row] = parseIsoTime(bytes, 0, bytes.length, reading);
      if (reading.hasZone) {
        if (firstZoned < 0) firstZoned = row;
        if (reading.offset !== utcOffset) utcOffset = utcOffset === undefined ? reading.offset : 'varying';
      }
      if (!reading.hasZone && firstNaive < 0) firstNaive = row;
    }
    if (Number.isNaN(time[row]!)) {
      const [code, , value, reason] = timeFault(name, String(cell));
      faults.add(code, { row: row + 1, column: name, value, reason });
    }
  }
  const hasZone = column.hasZone ?? (firstZoned >= 0 || unit !== undefined);
  return {
    time,
    hasZone,
    utcOffset: hasZone ? (utcOffset ?? 0) : undefined,
    foundUnit: told === undefined && column.timeUnit === undefined ? unit : undefined,
    mixedRows: firstZoned >= 0 && firstNaive >= 0 ? [firstZoned, firstNaive] : undefined,
    droppedDigits: reading.droppedDigits,
  };
}
