import { offsetName } from './local-time.ts';
import { monthNumber } from './month-names.ts';
import { parseTime } from './parse-plain-time.ts';
import { writeFormat } from './write-format.ts';

/** Names of months that are not English, if the texts have such. */
type Months = readonly string[] | undefined;

/** Ways to write a date, each with the directives for its groups. */
const dates: readonly (readonly [RegExp, (groups: readonly string[], months: Months) => string | undefined])[] = [
  [/^\d{4}([-\s./:]?)([qQtT])[1-4](?!\d)/, ([sign, letter]) => `%Y${sign}${letter}%q`],
  [/^([qQtT])[1-4]([-\s./:]?)\d{4}(?!\d)/, ([letter, sign]) => `${letter}%q${sign}%Y`],
  [/^\d{4}([-\s]?)([hHsS])[12](?!\d)/, ([sign, letter]) => `%Y${sign}${letter}%h`],
  [/^([hHsS])[12]([-\s./]?)\d{4}(?!\d)/, ([letter, sign]) => `${letter}%h${sign}%Y`],
  [/^\d{4}(-?)W\d\d(?!\d|-)/, ([sign]) => `%G${sign}W%V`],
  [/^\d{4}([-\s:]?)([mM])(\d{1,2})(?!\d)/, ([sign, letter, m]) => `%Y${sign}${letter}${part(m!, 'm')}`],
  [/^\d{4}\d\d\d\d(?!\d)/, () => '%Y%m%d'],
  [/^\d{4}([-/.])(\d{1,2})\1(\d{1,2})(?!\d)/, ([sign, m, d]) => `%Y${sign}${part(m!, 'm')}${sign}${part(d!, 'd')}`],
  [/^\d{4}([-/])(\d{1,2})(?!\d)/, ([sign, m]) => `%Y${sign}${part(m!, 'm')}`],
  [
    /^\d{4}([-\s./]+)(\p{L}{3,10}\.?)(?!\p{L})/u,
    ([sign, month], names) => named(month!, names, (b) => `%Y${sign}${b}`),
  ],
  [/^\d{4}(?!\d)/, () => '%Y'],
  [
    /^(\d{1,2})([-\s./]+(?:de )?)(\p{L}{3,10}\.?)([-\s./,]+(?:del? )?)\d{4}(?!\d)/u,
    ([d, one, month, two], names) => named(month!, names, (b) => `${part(d!, 'd')}${one}${b}${two}%Y`),
  ],
  [
    /^(\p{L}{3,10}\.?)([-\s./]+)(\d{1,2})([-\s./,]+)\d{4}(?!\d)/u,
    ([month, one, d, two], names) => named(month!, names, (b) => `${b}${one}${part(d!, 'd')}${two}%Y`),
  ],
  [
    /^(\p{L}{3,10}\.?)([-\s./,]+(?:del? )?)\d{4}(?!\d)/u,
    ([month, sign], names) => named(month!, names, (b) => `${b}${sign}%Y`),
  ],
];
const clock =
  /^([T,\s]+)(\d{1,2}):\d\d(:\d\d)?(?:([.,])(\d+))?(?:(\s*)([AP]M))?(?:(\s*)(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i;

/** The format of a text that `parseTime` reads, if written in it the time is that text again; else undefined. */
export function formatOfText(text: string, months?: Months): string | undefined {
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  const time = parseTime(text, reading);
  if (Number.isNaN(time)) return undefined;
  const format = guess(text, months);
  const zone = reading.hasZone ? offsetName(reading.offset) : null;
  return format !== undefined && writeFormat({ format, zone, ...(months && { months }) }, time) === text
    ? format
    : undefined;
}

function guess(text: string, months: Months): string | undefined {
  for (const [pattern, build] of dates) {
    const match = pattern.exec(text);
    const date = match === null ? undefined : build(match.slice(1), months);
    if (match === null || date === undefined) continue;
    const rest = text.slice(match[0].length);
    const tail = rest === '' ? '' : clockFormat(rest);
    return tail === undefined ? undefined : date + tail;
  }
  return undefined;
}

function clockFormat(text: string): string | undefined {
  const match = clock.exec(text);
  if (!match) return undefined;
  const [, gap, hour, second, point, digits, blank, half, space, zone] = match;
  const hours = half === undefined ? part(hour!, 'H') : part(hour!, 'I');
  const fraction = digits === undefined ? '' : `${point}${digits.length < 6 ? `%${digits.length}f` : '%f'}`;
  const noon = half === undefined ? '' : `${blank}${/^[ap]m$/.test(half) ? '%#p' : '%p'}`;
  return `${gap}${hours}:%M${second ? ':%S' : ''}${fraction}${noon}${zone === undefined ? '' : space + zoneFormat(zone)}`;
}

function zoneFormat(zone: string): string {
  if (!/^[+-]/.test(zone)) return zone;
  return zone.length === 3 ? '%:::z' : zone.includes(':') ? '%:z' : '%z';
}

/** One digit is written without a zero. */
function part(digits: string, letter: string): string {
  return digits.length === 1 ? `%-${letter}` : `%${letter}`;
}

/** A name of another language than English is found in its list, point and all, when it is written. */
function named(word: string, months: Months, build: (directive: string) => string): string | undefined {
  const letters = word.replace(/\.$/, '');
  const point = word.slice(letters.length);
  if (months) return build(months.includes(word) ? '%b' : `%b${point}`);
  const size = letters === letters.toUpperCase() ? '^' : letters === letters.toLowerCase() ? '#' : '';
  return monthNumber(word) === 0 ? undefined : build(`%${size}${letters.length === 3 ? 'b' : 'B'}${point}`);
}
