import { badOption } from '../check-options.ts';
import { beginOfPeriod } from './begin-of-period.ts';
import { monthNumber } from './month-names.ts';
import { dayOfWeek, dayOfYear } from './parse-plain-time.ts';
import { daysBefore, isOffset, monthLength } from './parse-time.ts';

/** Reads a time written in one fixed format; NaN when the text does not match. `hasZone` tells whether it has `%z`. */
export interface TimeFormat {
  readonly format: string;
  readonly hasZone: boolean;
  /** Milliseconds since the epoch. */
  parse(text: string): number;
  /** Offset in minutes east that the last text carried. */
  offset(): number;
}

const patterns: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  y: '(\\d{2})',
  m: '(\\d{1,2})',
  d: '(\\d{1,2})',
  e: '\\s?(\\d{1,2})',
  H: '(\\d{1,2})',
  M: '(\\d{1,2})',
  S: '(\\d{1,2})',
  f: '(\\d{1,6})',
  b: '(\\p{L}{3,5})\\.?',
  B: '(\\p{L}{3,10})',
  a: '([A-Za-z]{2,3})\\.?',
  A: '([A-Za-z]{6,9})',
  p: '([AaPp]\\.?[Mm]\\.?)',
  I: '(\\d{1,2})',
  j: '(\\d{1,3})',
  q: '([1-4])',
  G: '(\\d{4})',
  V: '(\\d{1,2})',
  u: '([1-7])',
  z: '(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)',
  '%': '%',
};
const shorthands: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M' };
const directives: string = [...Object.keys(patterns), ...Object.keys(shorthands)]
  .map((letter) => `%${letter}`)
  .join(' ');

/**
 * Compiles a format of strptime directives: `%Y %y %m %d %e %H %I %p %M %S %f %b %B %a %A %j %z %%`, `%F %T %R`, ISO weeks
 * `%G %V %u` and, beyond strptime, quarters `%q`. Formats of digits alone read `20230131.0` too, and of a period every format reads the begin. `%y` 69–99 is the last century. Months may have names of other languages.
 *
 * @throws DataError `data/bad-option` for another directive
 */
export function compileTimeFormat(format: string): TimeFormat {
  const letters: string[] = [];
  const full = format.replace(/%([FTR])/g, (_, letter: string) => shorthands[letter]!);
  const exact = exactDigits(full);
  const source = full.replace(/%(.?)|[\\^$.*+?()[\]{}|]/g, (symbol, letter: string | undefined, at: number) => {
    if (letter === undefined) return `\\${symbol}`;
    if (!(letter in patterns)) throw badOption('time format', 'timeFormat', `made of ${directives}`, format);
    if (letter !== '%') letters.push(letter);
    return exact.has(at) ? patterns[letter]!.replace('1,', '') : patterns[letter]!;
  });
  const twice = letters.find((letter, index) => letters.indexOf(letter) < index);
  if (twice !== undefined)
    throw badOption('time format', 'timeFormat', `one time, with %${twice} once; of a period, only its begin`, format);
  if (!['Y', 'y', 'G'].some((letter) => letters.includes(letter)))
    throw badOption('time format', 'timeFormat', 'a format with a year (%Y, %y or %G)', format);
  // Digits alone are a number, and tools write whole numbers with a point where a column had empty cells.
  const tail = /^(%[YymdHMSj])+$/.test(full) ? '(?:\\.0+)?' : '';
  const pattern = new RegExp(`^${source.replace(/ +/g, '\\s+')}${tail}$`, 'u');
  let offset = 0;
  return {
    format,
    hasZone: letters.includes('z'),
    offset: () => offset,
    parse: (text) => {
      const match = pattern.exec(text) ?? pattern.exec(beginOfPeriod(text) ?? '');
      if (!match) return Number.NaN;
      const parts = new Map(letters.map((letter, index) => [letter, match[index + 1]!]));
      offset = offsetOf(parts.get('z'));
      return isOffset(offset) ? assembleTime(parts) - offset * 60_000 : Number.NaN;
    },
  };
}

/**
 * Where directives without a sign between them must have all their digits: one of them may be short (a number has lost a
 * zero in front, a month after its year is written without), else `1122023` would be two dates.
 */
function exactDigits(format: string): ReadonlySet<number> {
  const exact = new Set<number>();
  for (const run of format.matchAll(/(?:%[YymdHIMSjGV]){2,}/g)) {
    const letters = run[0].replaceAll('%', '');
    const short = /^[YG].$/.test(letters) ? 1 : /^[YGy]/.test(letters) ? -1 : 0;
    for (let k = 0; k < letters.length; k++) if (k !== short) exact.add(run.index + 2 * k);
  }
  return exact;
}

function assembleTime(parts: ReadonlyMap<string, string>): number {
  const number = (letter: string, fallback: number) => (parts.has(letter) ? Number(parts.get(letter)) : fallback);
  const date = assembleDate(parts, number);
  const half = number('I', 0);
  const isHalf = parts.has('p');
  const hour = number('H', isHalf ? (half % 12) + (/^p/i.test(parts.get('p')!) ? 12 : 0) : half);
  const [minute, second] = [number('M', 0), number('S', 0)];
  if (date === undefined || (isHalf && half > 12)) return Number.NaN;
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return Number.NaN;
  const fraction = parts.has('f') ? Number(parts.get('f')!.padEnd(6, '0')) / 1000 : 0;
  return date * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction;
}

/** Days since the epoch; undefined when there is no such day. */
function assembleDate(
  parts: ReadonlyMap<string, string>,
  number: (letter: string, fallback: number) => number,
): number | undefined {
  if (parts.has('G') || parts.has('V')) return dayOfWeek(number('G', number('Y', 0)), number('V', 1), number('u', 1));
  const short = number('y', 70);
  const year = number('Y', short + (short >= 69 ? 1900 : 2000));
  if (parts.has('j')) return dayOfYear(year, number('j', 1));
  const name = parts.get('b') ?? parts.get('B');
  const month = name === undefined ? number('m', number('q', 1) * 3 - 2) : monthNumber(name);
  const dayOfMonth = number('d', number('e', 1));
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > monthLength(year, month)) return undefined;
  return daysBefore(year, month, dayOfMonth);
}

/** Minutes east. */
function offsetOf(text: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0));
}
