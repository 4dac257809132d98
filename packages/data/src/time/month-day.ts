import { isWeekend } from './advance-time.ts';
import { daysBefore, monthLength } from './parse-time.ts';

const dayLength = 86_400_000;

/**
 * Where in its month a time lies: on a day (31 = the last; a shorter month has its last day), on weekdays moved `back` or
 * `forward` from the weekend; or on the nth of a weekday (0 = Sunday; `nth` −1 = the last).
 */
export type MonthDay =
  | { readonly day: number; readonly roll?: 'back' | 'forward' }
  | { readonly weekday: number; readonly nth: number };

/** Months since the year 0 of a local time. Reckoned rather than asked of a Date, of which long files would make millions. */
export function monthNumber(time: number): number {
  // Days of years that begin in March, so that the day of a leap year is their last: in cycles of 400 years.
  const days = Math.floor(time / dayLength) + 719_468;
  const cycle = Math.floor(days / 146_097);
  const day = days - cycle * 146_097;
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (cycle * 400 + year) * 12 + Math.floor((5 * dayOfYear + 2) / 153) + 2;
}

/** The day of a month, as milliseconds since the epoch at midnight. */
export function placeInMonth(month: number, place: MonthDay): number {
  const year = Math.floor(month / 12);
  const length = monthLength(year, month - year * 12 + 1);
  const first = daysBefore(year, month - year * 12 + 1, 1);
  if ('nth' in place) {
    const toFirst = (place.weekday - weekdayOf(first) + 7) % 7;
    const toLast = (weekdayOf(first + length - 1) - place.weekday + 7) % 7;
    return (place.nth > 0 ? first + toFirst + (place.nth - 1) * 7 : first + length - 1 - toLast) * dayLength;
  }
  let day = first + Math.min(place.day, length) - 1;
  while (place.roll !== undefined && isWeekend(day)) day += place.roll === 'back' ? -1 : 1;
  return day * dayLength;
}

/** What the days of some local times, one in a month, have in common. */
export interface MonthDays {
  readonly place: MonthDay;
  /** A plain day of the month, without weekdays. */
  readonly isPlain: boolean;
  /** Every time lies where `place` says. */
  readonly isExact: boolean;
  /** Days between the time that lies farthest off and where `place` says. */
  readonly farthest: number;
}

/** The place that most of the times keep to; a plain day before one that depends on weekdays, a month end before day 28. */
export function findMonthDay(time: Float64Array, start: number, end: number): MonthDays {
  let best: MonthDays | undefined;
  let most = -1;
  for (const place of candidates(time, start, end)) {
    const { hits, farthest } = compare(time, start, end, place);
    const isPlain = !('nth' in place) && place.roll === undefined;
    const found = { place, isPlain, isExact: hits === end - start, farthest };
    if (found.isExact) return found;
    if (hits > most) [best, most] = [found, hits];
  }
  return best!;
}

/** Places to try, one after another: most series are of month ends or of their latest day, and need no counts. */
function* candidates(time: Float64Array, start: number, end: number): Generator<MonthDay> {
  yield { day: 31 };
  const days = new Map<number, number>();
  const weekdays = new Map<string, number>();
  for (let row = start; row < end; row++) {
    const date = new Date(time[row]!);
    const day = date.getUTCDate();
    days.set(day, (days.get(day) ?? 0) + 1);
    const key = `${date.getUTCDay()} ${Math.ceil(day / 7)}`;
    weekdays.set(key, (weekdays.get(key) ?? 0) + 1);
  }
  const latest = Math.max(...days.keys());
  const earliest = Math.min(...days.keys());
  const usual = mostCommon(days);
  const [weekday, nth] = mostCommon(weekdays).split(' ').map(Number) as [number, number];
  const nths: MonthDay[] = [...(nth < 5 ? [{ weekday, nth }] : []), { weekday, nth: -1 }];
  yield* [
    { day: latest },
    { day: usual },
    { day: 31, roll: 'back' },
    { day: latest, roll: 'back' },
    { day: 1, roll: 'forward' },
    { day: earliest, roll: 'forward' },
    { day: usual, roll: 'forward' },
    ...nths,
  ];
}

/** Whether every one of some local times lies at a place of its month. */
export function fitsPlace(time: Float64Array, start: number, end: number, place: MonthDay): boolean {
  return compare(time, start, end, place).hits === end - start;
}

function compare(time: Float64Array, start: number, end: number, place: MonthDay): { hits: number; farthest: number } {
  let hits = 0;
  let farthest = 0;
  for (let row = start; row < end; row++) {
    const distance = Math.floor(time[row]! / dayLength) - placeInMonth(monthNumber(time[row]!), place) / dayLength;
    if (distance === 0) hits++;
    farthest = Math.max(farthest, Math.abs(distance));
  }
  return { hits, farthest };
}

function mostCommon<Key>(counts: ReadonlyMap<Key, number>): Key {
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
