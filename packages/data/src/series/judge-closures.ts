import type { TimeRule } from '../time/time-rule.ts';
import { countSlots, slotPosition, type WeekSessions } from '../time/week-sessions.ts';

const day = 86_400_000;
/** Four weekdays in a row: the longest closure of a large exchange of the West in fifty years (September 2001). */
const shortClosure = 4;
/** Seven: Golden Week, Lunar New Year, Tết, with the days that governments add to them. */
const longClosure = 7;

/**
 * Judges whether the gaps of some series are closures: holidays between weekdays, or, of a series with sessions, whole days
 * without any and, where nights are closed as well, days that close early or open late. A hole within a day is none.
 */
export class ClosureJudge {
  private isExplained = true;
  private days = 0;
  private shortDays = 0;
  private holidays = 0;
  private longClosures = 0;

  explains(rule: TimeRule, from: number, to: number, steps: number): boolean {
    const isExplained = this.judge(rule, from, to, steps);
    if (!isExplained) this.isExplained = false;
    return isExplained;
  }

  /** Takes note of the days of a series with gaps. */
  countDays(time: Float64Array, start: number, end: number): void {
    for (let row = start, previous = Number.NaN; row < end; row++) {
      const current = Math.floor(time[row]! / day);
      if (current !== previous) this.days++;
      previous = current;
    }
  }

  private judge({ frequency, sessions }: TimeRule, from: number, to: number, steps: number): boolean {
    if (sessions) return this.judgeSessions(sessions, from, to, steps - 1);
    return frequency.unit === 'business-day' && frequency.count === 1 && this.close(steps - 1);
  }

  private judgeSessions(sessions: WeekSessions, from: number, to: number, missing: number): boolean {
    const [first, last] = [Math.floor(from / day), Math.floor(to / day)];
    if (first === last) return false;
    const one = slotPosition(sessions, from);
    const tail = slotPosition(sessions, (first + 1) * day).before - one.before - (one.isSlot ? 1 : 0);
    const head = slotPosition(sessions, to).before - slotPosition(sessions, last * day).before;
    if (tail + head > 0 && !isOpenPart(sessions, tail > 0 ? first : last)) return false;
    if (tail > 0) this.shortDays++;
    if (head > 0) this.shortDays++;
    if (missing === tail + head) return true;
    let days = 0;
    for (let current = first + 1; current < last && days <= longClosure; current++)
      if (sessions.days[weekdayOf(current)]!.length > 0) days++;
    return this.close(days);
  }

  private close(days: number): boolean {
    if (!(days <= longClosure)) return false;
    if (days > shortClosure) this.longClosures++;
    else this.holidays += days;
    return true;
  }

  /** Closures are rare: 8 % of the days, and two long ones in half a year. */
  get explainsAll(): boolean {
    const most = Math.max(2, this.days * 0.08);
    const isRare = this.holidays <= most && this.shortDays <= most;
    return this.isExplained && isRare && this.longClosures <= Math.floor(this.days / 65 + 0.6);
  }
}

/** Whether a day is open only in part, so that an early end may be one of the market. */
function isOpenPart({ days, step }: WeekSessions, dayNumber: number): boolean {
  const slots = countSlots(days[weekdayOf(dayNumber)]!, step);
  return slots > 0 && slots < Math.floor(day / step);
}

function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
