import { formatFault, lostDigits, timeFault } from '../csv/time-fault.ts';
import { shorten } from '../printable.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import {
  commonUnit,
  epochTime,
  epochTimeOfInteger,
  epochUnitOf,
  integerForm,
  type TimeUnit,
} from '../time/epoch-time.ts';
import { OffsetLog, type OffsetRuns } from '../time/find-zone.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { parseTime } from '../time/parse-plain-time.ts';
import { UnitChange } from '../time/unit-change.ts';
import type { FaultList } from './fault-list.ts';
import { plainCells, textOf } from './loose-cells.ts';
import type { LooseCells } from './loose-column.ts';

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
  readonly offsetRuns?: OffsetRuns;
  readonly timeZone?: string;
  /** First texts, as they are written. */
  readonly texts: readonly string[];
  /** Unit of times that were numbers, told or found; undefined where the source declares it or times were texts. */
  readonly unit: TimeUnit | undefined;
  readonly mixedRows: readonly [zoned: number, naive: number] | undefined;
  readonly droppedDigits: boolean;
  /** Where numbers go over into another unit. */
  readonly units?: UnitChange;
}

/** Milliseconds since the epoch of Dates, ISO texts and whole numbers in a told, declared or found unit. */
export function toTimes(
  name: string,
  column: LooseCells,
  options: Pick<SeriesOptions, 'timeUnit' | 'timeFormat'>,
  faults: FaultList,
): TimeCells {
  const cells = plainCells(column);
  if (isTyped(column) && options.timeUnit === undefined)
    return {
      time: cells as Float64Array,
      hasZone: column.hasZone ?? true,
      utcOffset: (column.hasZone ?? true) ? 0 : undefined,
      ...(column.timeZone === undefined ? {} : { timeZone: column.timeZone }),
      texts: [],
      unit: undefined,
      mixedRows: undefined,
      droppedDigits: false,
    };
  const time = new Float64Array(cells.length);
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  let utcOffset: number | 'varying' | undefined;
  const offsets = new OffsetLog();
  const texts: string[] = [];
  const told = options.timeUnit;
  const format = options.timeFormat === undefined ? undefined : compileTimeFormat(options.timeFormat);
  let unit: TimeUnit | undefined = told ?? column.timeUnit;
  const units = new UnitChange();
  let form: 'year' | 'day' | 'epoch' | undefined;
  let [firstZoned, firstNaive] = [-1, -1];
  const readNumber = (cell: number | bigint, row: number) => {
    if (unit === undefined && form === undefined) form = integerForm(Number(cell));
    if (unit === undefined && form !== 'epoch') return parseTime(String(cell), reading);
    unit ??= commonUnit(Array.from(cells, toNumber)) ?? epochUnitOf(Number(cell));
    const isFound = told === undefined && column.timeUnit === undefined;
    if (isFound && unit !== 'excel' && unit !== 'cocoa') units.isStray(Number(cell), unit, row + 1, String(cell));
    if (unit === 'ns' && typeof cell === 'bigint' && cell % 1000n !== 0n) reading.droppedDigits = true;
    return typeof cell === 'bigint' ? epochTimeOfInteger(cell, unit) : epochTime(cell, unit);
  };
  const readTextCell = (text: string, row: number) => {
    if (format) {
      const found = format.parse(text);
      if (format.hasZone) reading.offset = format.offset();
      reading.hasZone = format.hasZone;
      return found;
    }
    const isNumber = /^-?\d+(\.\d+)?([eE]\+?\d+)?$/.test(text) && !lostDigits.test(text);
    const found = told !== undefined && isNumber ? Number.NaN : parseTime(text, reading);
    if (!Number.isNaN(found) || !isNumber) return found;
    reading.hasZone = false;
    return readNumber(/[.eE]/.test(text) ? Number(text) : BigInt(text), row);
  };
  for (let row = 0; row < time.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined || cell === '' || Number.isNaN(cell)) {
      faults.add('data/empty-key', {
        row: row + 1,
        column: name,
        value: '',
        reason: `empty ${name}; every row needs one`,
      });
      continue;
    }
    if (cell instanceof Date) {
      time[row] = cell.getTime();
      if (firstZoned < 0) firstZoned = row;
    } else if (format === undefined && (typeof cell === 'number' || typeof cell === 'bigint')) {
      time[row] = readNumber(cell, row);
    } else {
      const text = textOf(cell).trim();
      if (texts.length < 50) texts.push(text);
      time[row] = readTextCell(text, row);
      const isEpoch = unit !== undefined && !reading.hasZone;
      if (reading.hasZone) {
        if (firstZoned < 0) firstZoned = row;
        if (reading.offset !== utcOffset) utcOffset = utcOffset === undefined ? reading.offset : 'varying';
        offsets.add(row, reading.offset);
      }
      if (!reading.hasZone && !isEpoch && firstNaive < 0) firstNaive = row;
    }
    if (Number.isNaN(time[row]!)) {
      const text = shorten(textOf(cell));
      const [code, , value, reason] =
        format === undefined
          ? timeFault(name, text, faults.count < 5 ? sampleOf(cells) : [])
          : formatFault(name, text, format.format);
      faults.add(code, { row: row + 1, column: name, value, reason });
    }
  }
  const hasZone = column.hasZone ?? (firstZoned >= 0 || (unit !== undefined && unit !== 'excel'));
  return {
    time,
    hasZone,
    utcOffset: hasZone ? (utcOffset ?? 0) : undefined,
    ...(utcOffset === 'varying' ? { offsetRuns: offsets } : {}),
    ...(column.timeZone === undefined ? {} : { timeZone: column.timeZone }),
    texts: unit === undefined ? texts : [],
    unit: column.timeUnit === undefined || told !== undefined ? unit : undefined,
    mixedRows: firstZoned >= 0 && firstNaive >= 0 ? [firstZoned, firstNaive] : undefined,
    droppedDigits: reading.droppedDigits,
    units,
  };
}

/** Numbers and texts of digits as numbers, other cells as 0. */
function toNumber(cell: unknown): number {
  const number = typeof cell === 'string' || typeof cell === 'bigint' ? Number(cell) : cell;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

function sampleOf(cells: ArrayLike<unknown>): string[] {
  return Array.from({ length: Math.min(cells.length, 200) }, (_, row) => textOf(cells[row]).trim());
}
