import { isNearNumber, type NumberStyle, numberHint, parseNumber } from '../csv/parse-number.ts';
import { epochTime, epochUnitOf, integerForm, isRecent } from '../time/epoch-time.ts';
import { fittingFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';

/** What the first rows say about a column: `empty` when none of them has a value. */
export type ColumnLook = 'number' | 'time' | 'text' | 'empty';

/** A column of the source, before it is read. */
export interface ColumnGlimpse {
  readonly name: string;
  readonly look: ColumnLook;
  /** True for numbers and texts that may well be times: years, days in digits, recent epochs, dates to be told the form of. */
  readonly isTime?: boolean;
  /** True for times of day without a date. */
  readonly isClock?: boolean;
  /** How many different texts the first rows have. */
  readonly distinct?: number;
  /** The first text of the column. */
  readonly example?: string;
  /** Why that text is no number although it is meant as one. */
  readonly hint?: string;
}

/** Hours that end and periods of settlement, 300 of five minutes on the longest day. */
const countsDay = /(^|[\s_])(he|sp|period|interval)$|[a-z]Period$/i;
const clock = /^\d{1,2}:\d\d(:\d\d(\.\d+)?)?(\s?[AaPp]\.?[Mm]\.?)?$/;

/** Looks at the first cells of a column, given as texts without those that mean "no value". */
export function glimpseTexts(name: string, cells: readonly string[], style: NumberStyle): ColumnGlimpse {
  return { ...lookAt(name, cells, style), distinct: new Set(cells).size };
}

function lookAt(name: string, cells: readonly string[], style: NumberStyle): ColumnGlimpse {
  const [example] = cells;
  if (example === undefined) return { name, look: 'empty' };
  const numbers = cells.map((cell) => parseNumber(cell, style)).filter((value) => value !== undefined);
  if (numbers.length * 2 >= cells.length) {
    const isTime = numbers.every((value) => integerForm(value) !== 'epoch' || isEpoch(value));
    const most = /hour|hr\b|stunde|time|minute|second/i.test(name) ? 240_000 : countsDay.test(name) ? 300 : -1;
    const isClock = numbers.every((value) => Number.isInteger(value) && value >= 0 && value <= most);
    return { name, look: 'number', isTime, isClock: isClock && !isTime, example };
  }
  const isClock = cells.every((cell) => clock.test(cell));
  if (isTimeText(example)) return { name, look: 'time', isTime: true, isClock: false, example };
  const odd = cells.find((cell) => parseNumber(cell, style) === undefined)!;
  const hint = (isNearNumber(odd) && !isClock) || numbers.length > 0 ? numberHint(odd, style) : '';
  const isTime = fittingFormats(example).length > 0;
  return { name, look: 'text', isTime, isClock, example: odd, ...(hint === '' ? {} : { hint }) };
}

function isEpoch(value: number): boolean {
  return Math.abs(value) >= 4e8 && isRecent(epochTime(value, epochUnitOf(value)));
}
