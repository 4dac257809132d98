import { badOption } from '../check-options.ts';
import { daysBefore, monthLength } from './parse-time.ts';

/** Reads a time written in one fixed format; NaN when the text does not match. `hasZone` tells whether it has `%z`. */
export interface TimeFormat {
  readonly hasZone: boolean;
  parse(text: string): number;
}

const patterns: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  y: '(\\d{2})',
  m: '(\\d{1,2})',
  d: '(\\d{1,2})',
  H: '(\\d{1,2})',
  M: '(\\d{1,2})',
  S: '(\\d{1,2})',
  f: '(\\d{1,6})',
  b: '([A-Za-z]{3})',
  p: '([AaPp][Mm])',
  I: '(\\d{1,2})',
  z: '(Z|[+-]\\d{2}:?\\d{2})',
  '%': '%',
};
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Compiles a format of strptime directives: `%Y %y %m %d %H %I %p %M %S %f %b %z %%`; `%y` 69–99 is the last century.
 *
 * @throws DataError `data/bad-option` for another directive
 */
export function compileTimeFormat(format: string): TimeFormat {
  const letters: string[] = [];
  const source = format.replace(/%(.)|[\\^$.*+?()[\]{}|]/g, (symbol, letter: string | undefined) => {
    if (letter === undefined) return `\\${symbol}`;
    if (!(letter in patterns))
      throw badOption('timeFormat', 'timeFormat', `made of %Y %y %m %d %H %I %p %M %S %f %b %z %%`, format);
    if (letter !== '%') letters.push(letter);
    return patterns[letter]!;
  });
  const pattern = new RegExp(`^${source}$`);
  return {
    hasZone: letters.includes('z'),
    parse: (text) => {
      const match = pattern.exec(text);
      if (!match) return Number.NaN;
      return assembleTime(new Map(letters.map((letter, index) => [letter, match[index + 1]!])));
    },
  };
}

function assembleTime(parts: ReadonlyMap<string, string>): number {
  const number = (letter: string, fallback: number) => (parts.has(letter) ? Number(parts.get(letter)) : fallback);
  const short = number('y', 70);
  const year = number('Y', short + (short >= 69 ? 1900 : 2000));
  const month = parts.has('b') ? monthNames.indexOf(parts.get('b')!.toLowerCase()) + 1 : number('m', 1);
  const dayOfMonth = number('d', 1);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > monthLength(year, month)) return Number.NaN;
  const half = parts.has('p')
    ? (number('I', 12) % 12) + (parts.get('p')!.toLowerCase() === 'pm' ? 12 : 0)
    : number('I', 0);
  const hour = number('H', half);
  const [minute, second] = [number('M', 0), number('S', 0)];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const fraction = parts.has('f') ? Number(parts.get('f')!.padEnd(6, '0')) / 1000 : 0;
  const local = daysBefore(year, month, dayOfMonth) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000;
  return local - offsetOf(parts.get('z')) + fraction;
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
