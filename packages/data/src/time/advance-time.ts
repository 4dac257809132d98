import { type Frequency, fixedUnits, monthUnits } from './frequency.ts';

const day = 86_400_000;

/**
 * The time `steps` steps after `time` (before, when negative).
 *
 * @param time milliseconds since the epoch, UTC
 * @returns milliseconds since the epoch; a series of month ends stays at month ends; `row` counts milliseconds
 */
export function advanceTime(time: number, frequency: Frequency, steps: number): number {
  const distance = steps * frequency.count;
  const fixed = fixedUnits[frequency.unit];
  if (fixed !== undefined) return frequency.unit === 'microsecond' ? time + distance / 1000 : time + distance * fixed;
  const months = monthUnits[frequency.unit];
  if (months !== undefined) return addMonths(time, distance * months);
  if (frequency.unit === 'business-day') return addBusinessDays(time, distance);
  return time + distance;
}

function addMonths(time: number, months: number): number {
  const date = new Date(Math.floor(time / day) * day);
  const clock = time - date.getTime();
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const lastDay = lengthOfMonth(year, month - year * 12);
  const isMonthEnd = date.getUTCDate() === lengthOfMonth(date.getUTCFullYear(), date.getUTCMonth());
  const target = isMonthEnd && date.getUTCDate() >= 28 ? lastDay : Math.min(date.getUTCDate(), lastDay);
  return Date.UTC(year, month - year * 12, target) + clock;
}

function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function addBusinessDays(time: number, steps: number): number {
  const dayNumber = Math.floor(time / day);
  const direction = steps < 0 ? -1 : 1;
  const weeks = Math.trunc(steps / 5);
  let moved = dayNumber + weeks * 7;
  for (let left = Math.abs(steps - weeks * 5); left > 0; ) {
    moved += direction;
    if (!isWeekend(moved)) left--;
  }
  return time + (moved - dayNumber) * day;
}

/** Whether a UTC day, counted from 1970-01-01 (a Thursday), is a Saturday or Sunday. */
export function isWeekend(dayNumber: number): boolean {
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
