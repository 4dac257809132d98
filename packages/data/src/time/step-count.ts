import { isWeekend } from './advance-time.ts';
import { type Frequency, fixedUnits, monthUnits } from './frequency.ts';

const day = 86_400_000;

/** Steps from one time to a later one; NaN when the later is not on the grid that the frequency spans from the earlier. */
export function countSteps(from: number, to: number, frequency: Frequency): number {
  const fixed = fixedUnits[frequency.unit];
  if (fixed !== undefined) {
    // Microseconds are fractions of a millisecond: their difference is rounded to what they stand for.
    const distance = Number.isInteger(from) && Number.isInteger(to) ? to - from : Math.round((to - from) * 1000) / 1000;
    const steps = distance / (fixed * frequency.count);
    const whole = Math.round(steps);
    return Math.abs(steps - whole) < 1e-6 * Math.max(1, whole) ? whole : Number.NaN;
  }
  const months = monthUnits[frequency.unit];
  if (months !== undefined) {
    const steps = monthsBetween(from, to) / (months * frequency.count);
    return Number.isInteger(steps) ? steps : Number.NaN;
  }
  if (frequency.unit !== 'business-day') return to - from;
  const steps = businessDaysBetween(from, to) / frequency.count;
  return Number.isInteger(steps) ? steps : Number.NaN;
}

/** Whole months between two times on the same day of the month (month ends count as the same day), else NaN. */
export function monthsBetween(from: number, to: number): number {
  const [one, two] = [new Date(Math.floor(from)), new Date(Math.floor(to))];
  if (positiveRest(from) !== positiveRest(to)) return Number.NaN;
  const isSameDay = one.getUTCDate() === two.getUTCDate() || (isMonthEnd(one) && isMonthEnd(two));
  const isClipped = Math.min(one.getUTCDate(), two.getUTCDate()) >= 28 && (isMonthEnd(one) || isMonthEnd(two));
  if (!isSameDay && !isClipped) return Number.NaN;
  return (two.getUTCFullYear() - one.getUTCFullYear()) * 12 + two.getUTCMonth() - one.getUTCMonth();
}

/** Weekdays between two times of the same clock; NaN when one of them is on a weekend. */
function businessDaysBetween(from: number, to: number): number {
  const [first, last] = [Math.floor(from / day), Math.floor(to / day)];
  if (positiveRest(from) !== positiveRest(to) || isWeekend(first) || isWeekend(last)) return Number.NaN;
  const weeks = Math.floor((last - first) / 7);
  let count = weeks * 5;
  for (let current = first + weeks * 7 + 1; current <= last; current++) if (!isWeekend(current)) count++;
  return count;
}

function isMonthEnd(date: Date): boolean {
  return new Date(date.getTime() + day).getUTCDate() === 1;
}

function positiveRest(time: number): number {
  return time - Math.floor(time / day) * day;
}
