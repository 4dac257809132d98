import { offsetName } from './local-time.ts';
import { monthNumber, parseTime } from './parse-plain-time.ts';
import { writeFormat } from './write-format.ts';

/** Ways to write a date, each with the directives for its groups. */
const dates: readonly (readonly [RegExp, (groups: readonly string[]) => string | undefined])[] = [
  [/^\d{4}([-\s./:]?)([qQ])[1-4](?!\d)/, ([sign, letter]) => `%Y${sign}${letter}%q`],
  [/^([qQ])[1-4]([-\s./:]?)\d{4}(?!\d)/, ([letter, sign]) => `${letter}%q${sign}%Y`],
  [/^\d{4}(-?)W\d\d(?!\d|-)/, ([sign]) => `%G${sign}W%V`],
  [/^\d{4}([-\s:]?)M\d\d(?!\d)/, ([sign]) => `%Y${sign}M%m`],
  [/^\d{4}\d\d\d\d(?!\d)/, () => '%Y%m%d'],
  [/^\d{4}([-/.])(\d{1,2})\1(\d{1,2})(?!\d)/, ([sign, m, d]) => `%Y${sign}${part(m!, 'm')}${sign}${part(d!, 'd')}`],
  [/^\d{4}([-/])(\d{1,2})(?!\d)/, ([sign, m]) => `%Y${sign}${part(m!, 'm')}`],
  [/^\d{4}(?!\d)/, () => '%Y'],
  [
    /^(\d{1,2})([-\s./]+)([A-Za-z]{3,9})([-\s./,]+)\d{4}(?!\d)/,
    ([d, one, month, two]) => named(month!, (b) => `${part(d!, 'd')}${one}${b}${two}%Y`),
  ],
  [
    /^([A-Za-z]{3,9})([-\s./]+)(\d{1,2})([-\s./,]+)\d{4}(?!\d)/,
    ([month, one, d, two]) => named(month!, (b) => `${b}${one}${part(d!, 'd')}${two}%Y`),
  ],
  [/^([A-Za-z]{3,9})([-\s./,]+)\d{4}(?!\d)/, ([month, sign]) => named(month!, (b) => `${b}${sign}%Y`)],
];
const clock =
  /^([T,\s]+)(\d{1,2}):\d\d(:\d\d)?(?:([.,])(\d+))?(?:(\s*)([AP]M))?(?:(\s*)(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i;

/** The format of a text that `parseTime` reads, if written in it the time is that text again; else undefined. */
export function formatOfText(text: string): string | undefined {
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  const time = parseTime(text, reading);
  if (Number.isNaN(time)) return undefined;
  const format = guess(text);
  const zone = reading.hasZone ? offsetName(reading.offset) : null;
  return format !== undefined && writeFormat({ format, zone }, time) === text ? format : undefined;
}

function guess(text: string): string | undefined {
  for (const [pattern, build] of dates) {
    const match = pattern.exec(text);
    const date = match === null ? undefined : build(match.slice(1));
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

function named(word: string, build: (directive: string) => string): string | undefined {
  const letters = word === word.toUpperCase() ? '^' : word === word.toLowerCase() ? '#' : '';
  return monthNumber(word) === 0 ? undefined : build(`%${letters}${word.length === 3 ? 'b' : 'B'}`);
}
