import { isWeekend } from './advance-time.ts';
import { type Frequency, type FrequencyUnit, formatFrequency } from './frequency.ts';
import { findMonthDay, monthNumber } from './month-day.ts';

const day = 86_400_000;
const units: readonly (readonly [FrequencyUnit, number])[] = [
  ['week', 7 * day],
  ['day', day],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
  ['microsecond', 0.001],
];

/** Frequency of one series of local times by its most common step; null when it has fewer than two rows. */
export function findFrequency(time: Float64Array, start: number, end: number): Frequency | null {
  if (end - start < 2) return null;
  const smallest = smallestStep(time, start, end);
  // The last weekdays of two months may be 20-odd days apart, as a closed month end and an early one are.
  if (smallest >= 20 * day) {
    const months = commonMonths(time, start, end);
    if (months > 0) return calendarFrequency(months);
  }
  const step = commonStep(time, start, end);
  if (step === day && end - start > 5 && hasNoWeekend(time, start, end)) return { unit: 'business-day', count: 1 };
  return fixedFrequency(step);
}

/** `{ unit: 'hour', count: 1 }` for 3,600,000 ms: the largest unit that divides the step. */
export function fixedFrequency(step: number): Frequency {
  for (const [unit, length] of units) {
    const count = Math.round(step / length);
    if (count >= 1 && Math.abs(step - count * length) < 1e-7 * step) return { unit, count };
  }
  return { unit: 'microsecond', count: 1 };
}

/** Series by frequency, most common first, for messages: `day (90), hour (10)`. */
export function describeFrequencies(found: readonly (Frequency | null)[]): string {
  const counts = new Map<string, number>();
  for (const frequency of found)
    if (frequency) counts.set(formatFrequency(frequency), (counts.get(formatFrequency(frequency)) ?? 0) + 1);
  return [...counts]
    .sort((left, right) => right[1] - left[1])
    .map(([name, count]) => `${name} (${count})`)
    .join(', ');
}

/** Whether no day of the series is a Saturday or Sunday. */
export function hasNoWeekend(time: Float64Array, start: number, end: number): boolean {
  for (let k = start; k < end; k++) if (isWeekend(Math.floor(time[k]! / day))) return false;
  return true;
}

function calendarFrequency(months: number): Frequency {
  if (months % 12 === 0) return { unit: 'year', count: months / 12 };
  return months % 3 === 0 ? { unit: 'quarter', count: months / 3 } : { unit: 'month', count: months };
}

/** The smallest distance of two neighbouring times; Infinity for fewer than two. */
export function smallestStep(time: Float64Array, start: number, end: number): number {
  let smallest = Infinity;
  for (let k = start + 1; k < end; k++) smallest = Math.min(smallest, time[k]! - time[k - 1]!);
  return smallest;
}

/**
 * The most common distance in months; 0 when the times are not one in a month on some day of it. Steps of equal length
 * (every 30 days, every fourth week) are months only on the same day of the month.
 */
function commonMonths(time: Float64Array, start: number, end: number): number {
  const counts = new Map<number, number>();
  for (let k = start + 1; k < end; k++) {
    const months = monthNumber(time[k]!) - monthNumber(time[k - 1]!);
    if (months < 1 || (time[k]! - time[k - 1]!) % day !== 0) return 0;
    counts.set(months, (counts.get(months) ?? 0) + 1);
  }
  const most = mostCommon(counts);
  const days = findMonthDay(time, start, end);
  if (days.isExact && days.isPlain) return most;
  const step = commonStep(time, start, end);
  let isEven = true;
  for (let k = start + 1; k < end && isEven; k++) isEven = (time[k]! - time[k - 1]!) % step === 0;
  if (isEven) return 0;
  const isUsual = counts.get(most)! >= 0.8 * (end - start - 1);
  return days.isExact || (end - start >= 4 && days.farthest <= 7 && isUsual) ? most : 0;
}

function commonStep(time: Float64Array, start: number, end: number): number {
  const first = roundStep(time[start + 1]! - time[start]!);
  let k = start + 2;
  while (k < end && roundStep(time[k]! - time[k - 1]!) === first) k++;
  if (k >= end) return first;
  const counts = new Map<number, number>();
  for (let j = start + 1; j < end; j++) {
    const step = roundStep(time[j]! - time[j - 1]!);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return mostCommon(counts);
}

/** Times carry microseconds as fractions of a millisecond; differences are compared as whole microseconds. */
function roundStep(step: number): number {
  return Number.isInteger(step) ? step : Math.round(step * 1000) / 1000;
}

function mostCommon(counts: ReadonlyMap<number, number>): number {
  let best = 0;
  let most = 0;
  for (const [step, count] of counts) if (count > most || (count === most && step < best)) [best, most] = [step, count];
  return best;
}
