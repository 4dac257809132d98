import { joinTimeParts } from './join-time-parts.ts';
import { zoneOf } from './local-time.ts';
import type { TimeFormat } from './parse-formatted-time.ts';
import { parseTime } from './parse-plain-time.ts';

/** How the cells of several columns become one time. */
export interface TimeJoiner {
  readonly join: (parts: readonly string[]) => string;
  /** True when `join` has read a told format already, and writes ISO 8601. */
  readonly isRead: boolean;
  readonly notices: readonly string[];
}

/** What is told about times. */
interface Told {
  readonly timezone?: string | undefined;
  readonly timeFormat?: TimeFormat | undefined;
}

const day = 86_400_000;

/**
 * Joins times as their columns write them, which first cells of each show: year, month and day by their names in any
 * order; clocks of digits without leading zeros (`5` in a column with `1345` is 00:05); hours and periods of settlement
 * that are counted from 1.
 */
export function timeJoiner(names: readonly string[], samples: readonly (readonly string[])[], told: Told): TimeJoiner {
  // Weeks of a year and days of a month are counted as well, behind what is no day.
  const hasDays = samples[0]!.every((cell) => !/^\d{4}([-/.]?\d{2})?$/.test(cell));
  const counted = names.length === 2 && hasDays ? countOf(samples[1]!) : undefined;
  if (counted !== undefined) return countingJoiner(names[1]!, counted, told);
  const order = orderByName(names);
  const isYear = samples[order[0]!]!.every((cell) => /^\d{4}$/.test(cell));
  const widths = samples.map((cells) => (isYear ? 0 : clockWidth(cells)));
  const sorted = order.map((at) => names[at]!);
  const isRead = told.timeFormat === undefined;
  return {
    isRead,
    notices: [],
    join: (parts) => {
      const padded = parts.map((part, at) => (at > 0 && /^\d+$/.test(part) ? part.padStart(widths[at]!, '0') : part));
      return isRead
        ? joinTimeParts(
            order.map((at) => padded[at]!),
            sorted,
          )
        : padded.join(' ');
    },
  };
}

const partNames = [
  /^y(ear)?$|^jahr$|^ann?[eé]e?$|^año$/i,
  /^m(onth|o)?$|^monat$|^mois$|^mes$/i,
  /^d(ay)?$|^tag$|^jour$|^d[ií]a$/i,
];

/** Day, month and year of a table of any country, the year first; the rest stays where it is. */
function orderByName(names: readonly string[]): readonly number[] {
  const found = partNames.map((pattern) => names.findIndex((name) => pattern.test(name))).filter((at) => at >= 0);
  // A quarter or a week and its year.
  if (names.length === 2 && partNames[0]!.test(names[1]!)) return [1, 0];
  const rest = names.map((_, at) => at).filter((at) => !found.includes(at));
  return found[0] === undefined || !partNames[0]!.test(names[found[0]]!) || rest.some((at) => at < found.length)
    ? names.map((_, at) => at)
    : [...found, ...rest];
}

/** Digits of a column of clocks without colons; 0 for others. */
function clockWidth(cells: readonly string[]): number {
  const longest = Math.max(0, ...cells.map((cell) => cell.length));
  return cells.every((cell) => /^\d{1,6}$/.test(cell)) && longest > 2 ? longest + (longest % 2) : 0;
}

/** A day in parts that are counted from 1: how many, and whether one is named by its end, as hours are. */
interface Counted {
  readonly perDay: number;
  readonly isEnd: boolean;
}

/** The longest day has an hour more; 25 periods and more are half hours, quarters or five minutes. */
function countOf(cells: readonly string[]): Counted | undefined {
  const numbers = cells.map(numberOf);
  if (numbers.length === 0 || numbers.some((number) => !Number.isInteger(number) || number < 1)) return undefined;
  const most = Math.max(...numbers);
  const perDay = [24, 48, 96, 288].find((count) => most >= count && most <= count * (25 / 24));
  return perDay === undefined || new Set(numbers).size < perDay ? undefined : { perDay, isEnd: perDay === 24 };
}

const numberOf = (cell: string): number => Number(cell.replace(/^HE\s?/i, '') || Number.NaN);

/**
 * The zone says which days have more or fewer hours: their periods are counted from midnight as time goes by. Without one
 * every day has 24, and a number behind the last is left in the text, which is then no time.
 */
function countingJoiner(name: string, { perDay, isEnd }: Counted, { timezone, timeFormat }: Told): TimeJoiner {
  const step = day / perDay;
  const zone = timezone === undefined ? undefined : zoneOf(timezone);
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  const join = ([date, cell]: readonly string[]): string => {
    const number = numberOf(cell!);
    const read = timeFormat === undefined ? parseTime(date!, reading) : timeFormat.parse(date!);
    if (!Number.isInteger(number) || number < 1 || !(read % day === 0)) return `${date} ${cell}`;
    const length = zone === undefined ? day : zone.toInstant(read + day) - zone.toInstant(read);
    if (number * step > length) return `${date} ${number} of ${length / step}`;
    const passed = (isEnd ? number : number - 1) * step;
    const time = zone === undefined ? read + passed : zone.toInstant(read) + passed;
    return `${new Date(time).toISOString().slice(0, 16)}${zone === undefined ? '' : 'Z'}`;
  };
  const parts = isEnd
    ? 'hours of a day: 1 is read as 01:00, its end'
    : `${perDay} periods of a day: 1 is read as 00:00, its begin`;
  return { join, isRead: true, notices: [`column '${name}' counts the ${parts}`] };
}
