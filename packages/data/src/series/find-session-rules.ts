import { fixedUnits } from '../time/frequency.ts';
import type { TimeRule } from '../time/time-rule.ts';
import { findSessions, type WeekSessions } from '../time/week-sessions.ts';
import { localTimes, type SeriesCalendar } from './series-calendar.ts';
import type { SeriesColumns } from './series-columns.ts';

const day = 86_400_000;

/** The calendar with the sessions that series keep to; null when no series has any. For steps of a day or less. */
export function findSessionRules(columns: SeriesColumns, calendar: SeriesCalendar): SeriesCalendar | null {
  const { frequency, rules } = calendar;
  const step = (fixedUnits[frequency.unit] ?? Infinity) * frequency.count;
  // Markets keep to whole seconds; odd steps come from times that are noisy or lost digits, and explain any gap.
  if (step > day || step % 1000 !== 0) return null;
  const time = localTimes(columns.time!, columns.zone);
  const known = new Map<string, TimeRule>();
  let isAny = false;
  const withSessions = rules.map((rule, series) => {
    const [start, end] = [columns.offsets[series]!, columns.offsets[series + 1]!];
    const sessions = isDense(time, start, end, step) ? findSessions(time, start, end, step) : null;
    if (sessions === null) return rule;
    isAny = true;
    return shared(known, rule, sessions, columns.zone);
  });
  return isAny ? { frequency, rules: withSessions, time } : null;
}

/** Three days with values, mostly one step apart: less says nothing of nights, and a told frequency may be wrong. */
function isDense(time: Float64Array, start: number, end: number, step: number): boolean {
  let days = 1;
  let single = 0;
  for (let row = start + 1; row < end; row++) {
    if (time[row]! - time[row - 1]! === step) single++;
    if (Math.floor(time[row]! / day) !== Math.floor(time[row - 1]! / day)) days++;
  }
  return days >= 3 && single >= 0.4 * (end - start - 1);
}

function shared(known: Map<string, TimeRule>, rule: TimeRule, sessions: WeekSessions, zone: string | null): TimeRule {
  const key = JSON.stringify(sessions);
  const found = known.get(key) ?? { ...rule, sessions, ...(zone === null || zone === 'Z' ? {} : { zone }) };
  known.set(key, found);
  return found;
}
