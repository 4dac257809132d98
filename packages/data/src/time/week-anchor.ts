import { fixedUnits } from './frequency.ts';
import type { TimeRule } from './time-rule.ts';

const day = 86_400_000;

/**
 * The rule of a weekly series of which some times stand a few days beside the others (the last trading day of a week
 * with a holiday): it keeps to the weekday of most. A series on one grid, or with steps that no such weeks explain, has
 * the rule that it is given.
 */
export function weekRule(base: TimeRule, time: Float64Array, start: number, end: number): TimeRule {
  const step = fixedUnits.week! * base.frequency.count;
  const phases = new Map<number, number>();
  for (let row = start; row < end; row++) {
    const phase = time[row]! - Math.floor(time[row]! / step) * step;
    phases.set(phase, (phases.get(phase) ?? 0) + 1);
  }
  if (phases.size < 2) return base;
  const [anchor, hits] = [...phases].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  if (hits < 0.8 * (end - start)) return base;
  let previous = -Infinity;
  for (let row = start; row < end; row++) {
    const week = Math.round((time[row]! - anchor) / step);
    const distance = Math.abs(time[row]! - anchor - week * step);
    if (distance > 3 * day || distance % day !== 0 || week <= previous) return base;
    previous = week;
  }
  return { ...base, anchor };
}
