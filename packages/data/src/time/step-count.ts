import { isWeekend } from './advance-time.ts';
import { type Frequency, fixedUnits } from './frequency.ts';

const day = 86_400_000;

/**
 * Steps of a fixed length, or of weekdays, from one time to a later one; NaN when the later is not on the grid that the
 * frequency spans from the earlier. Months need a rule, see `stepsByRule`.
 */
export function countSteps(from: number, to: number, frequency: Frequency): number {
  const fixed = fixedUnits[frequency.unit];
  if (fixed !== undefined) {
    // Microseconds are fractions of a millisecond: their difference is rounded to what they stand for.
    const distance = Number.isInteger(from) && Number.isInteger(to) ? to - from : Math.round((to - from) * 1000) / 1000;
    const steps = distance / (fixed * frequency.count);
    const whole = Math.round(steps);
    return Math.abs(steps - whole) < 1e-6 * Math.max(1, whole) ? whole : Number.NaN;
  }
  if (frequency.unit !== 'business-day') return to - from;
  const steps = businessDaysBetween(from, to) / frequency.count;
  return Number.isInteger(steps) ? steps : Number.NaN;
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

function positiveRest(time: number): number {
  return time - Math.floor(time / day) * day;
}
