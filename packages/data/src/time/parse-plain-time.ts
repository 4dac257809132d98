import { beginOfPeriod } from './begin-of-period.ts';
import { monthNumber } from './month-names.ts';
import { daysBefore, isOffset, monthLength, parseIsoTime, type TimeReading } from './parse-time.ts';

const day = 86_400_000;

/** A day from the groups of a match; undefined when there is no such day. */
type ReadDate = (groups: readonly (string | undefined)[]) => number | undefined;

/** Ways to write a date that have one meaning only: the year has four digits and stands first, or the month is a word. */
const dates: readonly (readonly [RegExp, ReadDate])[] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/, ([y, , m, d]) => dayOf(y, m, d)],
  [/^(\d{4})[-/](\d{1,2})$/, ([y, m]) => dayOf(y, m)],
  [/^(\d{4})(\d\d)(\d\d)(?!\d)/, ([y, m, d]) => dayOf(y, m, d)],
  [/^(\d{4})[-\s./:]?[qt]([1-4])$/, ([y, q]) => dayOf(y, Number(q) * 3 - 2)],
  [/^[qt]([1-4])[-\s./:]?(\d{4})$/, ([q, y]) => dayOf(y, Number(q) * 3 - 2)],
  [/^(\d{4})[-\s]?[hs]([12])$/, ([y, half]) => dayOf(y, Number(half) * 6 - 5)],
  [/^[hs]([12])[-\s./]?(\d{4})$/, ([half, y]) => dayOf(y, Number(half) * 6 - 5)],
  [/^(\d{4})[-\s:]?m(\d{1,2})$/, ([y, m]) => dayOf(y, m)],
  [/^(\d{4})-?w(\d\d)(?:-?([1-7]))?$/, ([y, w, d]) => dayOfWeek(Number(y), Number(w), Number(d ?? 1))],
  [/^(\d{4})-(\d{3})(?!\d)/, ([y, d]) => dayOfYear(Number(y), Number(d))],
  [
    words(String.raw`^(\d{1,2})(?:st|nd|rd|th|er|[ºª])?[-\s./]*(?:de )?MONTH[-\s.,/]*(?:del? )?(\d{4})(?!\d)`),
    ([d, m, y]) => dayOf(y, named(m), d),
  ],
  [
    words(String.raw`^MONTH[-\s./]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[-\s./]+)(\d{4})(?!\d)`),
    ([m, d, y]) => dayOf(y, named(m), d),
  ],
  [words(String.raw`^(\d{4})[-\s./]*MONTH[-\s./]*(\d{1,2})(?!\d)`), ([y, m, d]) => dayOf(y, named(m), d)],
  [words(String.raw`^MONTH[-\s.,/]*(?:del? )?(\d{4})$`), ([m, y]) => dayOf(y, named(m))],
  [words(String.raw`^(\d{4})[-\s./]*MONTH$`), ([y, m]) => dayOf(y, named(m))],
];
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/;
const clock =
  /^(?:[t,:]|\s)\s*(?:(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?|(\d\d)(\d\d)(\d\d)?)\s*([ap]\.?m\.?)?\s*(?:(z|utc|gmt)|(?:utc|gmt)?([+-]\d\d)(?::?(\d\d))?)?(?:\s*(?:\(.*\)|\[.*\]))?$/;

/**
 * Reads a time of any form that has one meaning only: ISO 8601, and what `dates` lists (`2024/1/2`, `Jan 02, 2023`,
 * `1990Q1`, `2019-W02`, `2012M01`, …), with a clock of 24 hours or with AM and PM. Quarters, half-years and weeks are
 * their first day, periods (`2023-01-02/2023-01-08`) their begin.
 *
 * @returns milliseconds since the epoch (a time without offset is read as UTC), or NaN
 */
export function parseTime(text: string, reading: TimeReading): number {
  const bytes = encoder.encode(text);
  const time = parseIsoTime(bytes, 0, bytes.length, reading);
  return Number.isNaN(time) ? parsePlainTime(text, reading) : time;
}

const encoder = new TextEncoder();

function parsePlainTime(text: string, reading: TimeReading): number {
  reading.hasZone = false;
  if (text.length > 80) return Number.NaN;
  const begin = beginOfPeriod(text);
  if (begin !== undefined) return parseTime(begin, reading);
  const ticks = /^\/date\((-?\d+)(?:[+-]\d{4})?\)\/$/i.exec(text);
  if (ticks) {
    // JSON of .NET: milliseconds since 1970, whatever the offset behind them.
    [reading.hasZone, reading.offset] = [true, 0];
    return Number(ticks[1]);
  }
  const plain = text.normalize().trim().toLowerCase().replace(/\s+/g, ' ').replace(weekday, '');
  for (const [pattern, read] of dates) {
    const match = pattern.exec(plain);
    const found = match === null ? undefined : read(match.slice(1));
    if (match === null || found === undefined) continue;
    const rest = plain.slice(match[0].length);
    if (rest === '') return found * day;
    return found * day + parseClockText(rest, reading);
  }
  return Number.NaN;
}

function parseClockText(text: string, reading: TimeReading): number {
  const match = clock.exec(text);
  if (!match) return Number.NaN;
  const [, plainHour, plainMinute, plainSecond, fraction, h, m, s, half, utc, zoneHours, zoneMinutes] = match;
  let hour = Number(plainHour ?? h);
  const minute = Number(plainMinute ?? m ?? 0);
  const second = Number(plainSecond ?? s ?? 0);
  if (half !== undefined) {
    if (hour > 12) return Number.NaN;
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0);
  }
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return Number.NaN;
  const micro = Math.trunc(Number((fraction ?? '').slice(0, 6).padEnd(6, '0')));
  if (/[1-9]/.test((fraction ?? '').slice(6))) reading.droppedDigits = true;
  const time = hour * 3_600_000 + minute * 60_000 + second * 1000 + micro / 1000;
  if (utc === undefined && zoneHours === undefined) return time;
  // `10-30` behind a date is half past ten to its writer, and no hour with an offset.
  if (plainMinute === undefined && h === undefined && half === undefined) return Number.NaN;
  reading.hasZone = true;
  const sign = zoneHours?.startsWith('-') ? -1 : 1;
  reading.offset = utc === undefined ? sign * (Math.abs(Number(zoneHours)) * 60 + Number(zoneMinutes ?? 0)) : 0;
  return isOffset(reading.offset, Number(zoneMinutes ?? 0)) ? time - reading.offset * 60_000 : Number.NaN;
}

function dayOf(year: unknown, monthOfYear: unknown, dayOfMonth: unknown = 1): number | undefined {
  const [y, m, d] = [Number(year), Number(monthOfYear), Number(dayOfMonth)];
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= monthLength(y, m))) return undefined;
  return daysBefore(y, m, d);
}

/** ISO 8601: week 1 is the one with January 4, weeks begin on Monday. */
export function dayOfWeek(year: number, week: number, dayInWeek: number): number | undefined {
  const fourth = daysBefore(year, 1, 4);
  const monday = fourth - ((fourth + 3) % 7) + (week - 1) * 7;
  const isOfYear = week >= 1 && week <= 53 && monday + 3 < daysBefore(year + 1, 1, 1);
  return isOfYear ? monday + dayInWeek - 1 : undefined;
}

export function dayOfYear(year: number, ordinal: number): number | undefined {
  const found = daysBefore(year, 1, 1) + ordinal - 1;
  return ordinal >= 1 && found < daysBefore(year + 1, 1, 1) ? found : undefined;
}

function named(name: string | undefined): number {
  return monthNumber(name ?? '');
}

function words(pattern: string): RegExp {
  return new RegExp(pattern.replace('MONTH', String.raw`(\p{L}{3,10})\.?`), 'u');
}
