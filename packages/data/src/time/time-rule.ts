import { advanceTime } from './advance-time.ts';
import { type Frequency, fixedUnits, monthUnits } from './frequency.ts';
import { zoneOf } from './local-time.ts';
import { type MonthDay, monthNumber, placeInMonth } from './month-day.ts';
import { countSteps } from './step-count.ts';
import { slotPosition, slotTime, type WeekSessions } from './week-sessions.ts';

const dayLength = 86_400_000;

/** How the times of a series go on: the frequency, and what it leaves open. Plain JSON. */
export interface TimeRule {
  readonly frequency: Frequency;
  /** Months, quarters, years: the day that the times keep to; default that of the time from which one counts. */
  readonly day?: MonthDay;
  /** Steps of a day or less: the clock times and weekdays that have values; default all. */
  readonly sessions?: WeekSessions;
  /** Zone in whose local time days, months and sessions are counted; default UTC. */
  readonly zone?: string;
  /** A local time on the grid of days or weeks, for series with rows beside it; default the time one counts from. */
  readonly anchor?: number;
}

/**
 * The time `steps` steps after `time` by a rule (before, when negative).
 *
 * @param time milliseconds since the epoch
 */
export function advanceByRule(time: number, rule: TimeRule, steps: number): number {
  if (steps === 0) return time;
  if (rule.zone === undefined) return advanceLocal(time, rule, steps);
  const zone = zoneOf(rule.zone);
  return zone.toInstant(advanceLocal(zone.toLocal(time), rule, steps));
}

/**
 * Steps from one local time to a later one of the same series: 1 for neighbours, also where one of them is beside the
 * grid of a calendar; NaN when that cannot be said.
 */
export function stepsByRule(from: number, to: number, rule: TimeRule): number {
  const { frequency, sessions } = rule;
  if (sessions) {
    const one = slotPosition(sessions, from);
    return slotPosition(sessions, to).before - one.before - (one.isSlot ? 1 : 0) + 1;
  }
  if (rule.anchor !== undefined) return gridNumber(to, rule) - gridNumber(from, rule);
  const months = monthUnits[frequency.unit];
  if (months === undefined || rule.day === undefined) return countSteps(from, to, frequency);
  const steps = (monthNumber(to) - monthNumber(from)) / (months * frequency.count);
  return Number.isInteger(steps) && steps > 0 ? steps : Number.NaN;
}

function advanceLocal(time: number, rule: TimeRule, steps: number): number {
  const { frequency, sessions } = rule;
  if (sessions) {
    const { before, isSlot } = slotPosition(sessions, time);
    return slotTime(sessions, before + steps - (steps > 0 && !isSlot ? 1 : 0));
  }
  const months = monthUnits[frequency.unit];
  if (months !== undefined && rule.day !== undefined) {
    const clock = time - Math.floor(time / dayLength) * dayLength;
    return placeInMonth(monthNumber(time) + steps * months * frequency.count, rule.day) + clock;
  }
  if (rule.anchor === undefined) return advanceTime(time, frequency, steps);
  return rule.anchor + (gridNumber(time, rule) + steps) * gridStep(rule);
}

/** The step of the grid through the anchor that is nearest to a time. */
function gridNumber(time: number, rule: TimeRule): number {
  return Math.round((time - rule.anchor!) / gridStep(rule));
}

function gridStep({ frequency }: TimeRule): number {
  return fixedUnits[frequency.unit]! * frequency.count;
}
