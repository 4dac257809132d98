const hyphen = 45;
const space = 32;
const letterT = 84;

/** Whether the last time that was read carried a UTC offset. */
export interface TimeReading {
  hasZone: boolean;
  /** That offset in minutes east of UTC; 0 for `Z`, `UTC` and `GMT`. */
  offset: number;
  /** Digits beyond the microsecond that were not zero and could not be kept. */
  droppedDigits: boolean;
}

/**
 * Reads an ISO 8601 time from bytes: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYYMMDD`, with `HH:MM[:SS[.fraction]]` behind
 * a `T` or blank, and `Z` or an offset. `/` is taken for `-` after a four-digit year.
 *
 * @returns milliseconds since the epoch (a time without offset is read as UTC), or NaN when it is none of these
 */
export function parseIsoTime(bytes: Uint8Array, start: number, end: number, reading: TimeReading): number {
  reading.hasZone = false;
  const year = digits(bytes, start, 4, end);
  if (year < 0) return Number.NaN;
  let position = start + 4;
  if (position === end) return daysBefore(year, 1, 1) * 86_400_000;
  const separator = bytes[position]!;
  if (isDigit(separator)) return parseCompactDate(bytes, start, end, year);
  if (separator !== hyphen && separator !== 47) return Number.NaN;
  const month = digits(bytes, position + 1, 2, end);
  if (month < 1 || month > 12) return Number.NaN;
  position += 3;
  if (position === end) return daysBefore(year, month, 1) * 86_400_000;
  const dayOfMonth = digits(bytes, position + 1, 2, end);
  if (bytes[position] !== separator || dayOfMonth < 1 || dayOfMonth > monthLength(year, month)) return Number.NaN;
  position += 3;
  const date = daysBefore(year, month, dayOfMonth) * 86_400_000;
  if (position === end) return date;
  const gap = bytes[position]!;
  if (gap !== space && gap !== letterT && gap !== 116) return Number.NaN;
  return date + parseClock(bytes, position + 1, end, reading);
}

/** Days from 1970-01-01 to a date of the Gregorian calendar (era arithmetic, as in Hinnant's "chrono-compatible"). */
export function daysBefore(year: number, month: number, dayOfMonth: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Days of a month, 1 to 12. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function parseCompactDate(bytes: Uint8Array, start: number, end: number, year: number): number {
  if (end - start !== 8) return Number.NaN;
  const month = digits(bytes, start + 4, 2, end);
  const dayOfMonth = digits(bytes, start + 6, 2, end);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > monthLength(year, month)) return Number.NaN;
  return daysBefore(year, month, dayOfMonth) * 86_400_000;
}

function parseClock(bytes: Uint8Array, start: number, end: number, reading: TimeReading): number {
  const hour = digits(bytes, start, 2, end);
  const minute = digits(bytes, start + 3, 2, end);
  if (hour < 0 || hour > 24 || bytes[start + 2] !== 58 || minute < 0 || minute > 59) return Number.NaN;
  let position = start + 5;
  let time = hour * 3_600_000 + minute * 60_000;
  if (position < end && bytes[position] === 58) {
    const second = digits(bytes, position + 1, 2, end);
    if (second < 0 || second > 59) return Number.NaN;
    time += second * 1000;
    position += 3;
    if (position < end && (bytes[position] === 46 || bytes[position] === 44)) {
      const stop = endOfDigits(bytes, position + 1, end);
      if (stop === position + 1) return Number.NaN;
      time += fraction(bytes, position + 1, stop, reading);
      position = stop;
    }
  }
  if (hour === 24 && time !== 86_400_000) return Number.NaN;
  return position === end ? time : time - parseOffset(bytes, position, end, reading);
}

/** Milliseconds of the digits after the point, kept to the microsecond. */
function fraction(bytes: Uint8Array, start: number, end: number, reading: TimeReading): number {
  let microseconds = 0;
  for (let k = 0; k < 6; k++) microseconds = microseconds * 10 + (start + k < end ? bytes[start + k]! - 48 : 0);
  for (let k = start + 6; k < end; k++) if (bytes[k] !== 48) reading.droppedDigits = true;
  return microseconds / 1000;
}

function parseOffset(bytes: Uint8Array, start: number, end: number, reading: TimeReading): number {
  let position = start;
  if (bytes[position] === space) position++;
  const sign = bytes[position]!;
  reading.hasZone = true;
  reading.offset = 0;
  if (isUtcWord(bytes, position, end)) return 0;
  if (sign !== 43 && sign !== hyphen) return Number.NaN;
  const hours = digits(bytes, position + 1, 2, end);
  position += 3;
  if (position < end && bytes[position] === 58) position++;
  const minutes = position === end ? 0 : digits(bytes, position, 2, end);
  if (hours < 0 || minutes < 0 || minutes > 59 || (position !== end && position + 2 !== end)) return Number.NaN;
  reading.offset = (sign === 43 ? 1 : -1) * (hours * 60 + minutes);
  return isOffset(reading.offset) ? reading.offset * 60_000 : Number.NaN;
}

/** Whether a place on earth has a clock so many minutes east of UTC: `12:00-13:00` has an end behind it, and no offset. */
export function isOffset(minutes: number, minutesOfHour = 0): boolean {
  return minutes >= -720 && minutes <= 840 && minutesOfHour <= 59;
}

/** `Z`, and the words that BigQuery and HTTP write for it. */
function isUtcWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 1 && end - start !== 3) return false;
  const word = String.fromCharCode(...bytes.subarray(start, end)).toUpperCase();
  return word === 'Z' || word === 'UTC' || word === 'GMT';
}

function digits(bytes: Uint8Array, start: number, count: number, end: number): number {
  if (start + count > end) return -1;
  let value = 0;
  for (let k = start; k < start + count; k++) {
    const digit = bytes[k]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function endOfDigits(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && isDigit(bytes[position]!)) position++;
  return position;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
