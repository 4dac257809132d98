const dayLength = 86_400_000;

/**
 * The clock times of a week at which a market has values, by weekday (0 = Sunday): ranges of local clock time, both ends
 * included, in steps of `step` milliseconds. A day without ranges is closed.
 */
export interface WeekSessions {
  readonly step: number;
  readonly days: readonly (readonly (readonly [from: number, to: number])[])[];
}

/** The week as counts, for stepping through it. */
interface WeekCounts {
  readonly perWeek: number;
  /** Slots of the week before each weekday. */
  readonly before: readonly number[];
}

const counted = new WeakMap<WeekSessions, WeekCounts>();

/** How many times there are in some ranges. */
export function countSlots(ranges: readonly (readonly [from: number, to: number])[], step: number): number {
  return ranges.reduce((sum, [from, to]) => sum + (to - from) / step + 1, 0);
}

/** Where a local time stands: how many slots lie before it (counted from 1970), and whether it is one itself. */
export function slotPosition(sessions: WeekSessions, time: number): { before: number; isSlot: boolean } {
  const { perWeek, before } = countsOf(sessions);
  const day = Math.floor(time / dayLength);
  const clock = time - day * dayLength;
  const week = Math.floor((day + 4) / 7);
  const weekday = day + 4 - week * 7;
  let count = 0;
  let isSlot = false;
  for (const [from, to] of sessions.days[weekday]!) {
    if (clock < from) break;
    const steps = (Math.min(clock, to) - from) / sessions.step;
    isSlot = clock <= to && Number.isInteger(steps);
    count += isSlot ? steps : Math.floor(steps) + 1;
  }
  return { before: week * perWeek + before[weekday]! + count, isSlot };
}

/** The local time of a slot by its position. */
export function slotTime(sessions: WeekSessions, position: number): number {
  const { perWeek, before } = countsOf(sessions);
  const week = Math.floor(position / perWeek);
  let rest = position - week * perWeek;
  let weekday = 6;
  while (before[weekday]! > rest) weekday--;
  rest -= before[weekday]!;
  for (const [from, to] of sessions.days[weekday]!) {
    const slots = (to - from) / sessions.step + 1;
    if (rest < slots) return (week * 7 + weekday - 4) * dayLength + from + rest * sessions.step;
    rest -= slots;
  }
  throw new Error('a slot outside of its week');
}

function countsOf(sessions: WeekSessions): WeekCounts {
  const known = counted.get(sessions);
  if (known) return known;
  const before: number[] = [];
  let perWeek = 0;
  for (const ranges of sessions.days) {
    before.push(perWeek);
    perWeek += countSlots(ranges, sessions.step);
  }
  const counts = { perWeek, before };
  counted.set(sessions, counts);
  return counts;
}

/**
 * The sessions that a series keeps to: clock times that most days of a weekday have (of all days, where fewer than two of
 * that weekday could show one). Null when none is left out all the time, so that nights, weekends or weekdays are closed.
 * A weekend is closed when most of its days have no value; other weekdays only when three have passed without one.
 */
export function findSessions(time: Float64Array, start: number, end: number, step: number): WeekSessions | null {
  const week = Array.from({ length: 7 }, () => ({ days: 0, passed: 0, clocks: new Map<number, number>() }));
  const firstDay = Math.floor(time[start]! / dayLength);
  const lastDay = Math.floor(time[end - 1]! / dayLength);
  for (let day = firstDay; day <= lastDay && day < firstDay + 7 * 5000; day++) week[weekdayOf(day)]!.passed++;
  let previous = Number.NaN;
  for (let row = start; row < end; row++) {
    const day = Math.floor(time[row]! / dayLength);
    const { clocks } = week[weekdayOf(day)]!;
    const clock = time[row]! - day * dayLength;
    if (day !== previous) week[weekdayOf(day)]!.days++;
    previous = day;
    clocks.set(clock, (clocks.get(clock) ?? 0) + 1);
    // Times that no two days share are no sessions.
    if (clocks.size > 100_000) return null;
  }
  // Of its first day a series shows nothing before the first row, of its last nothing after the last.
  const [firstClock, lastClock] = [time[start]! - firstDay * dayLength, time[end - 1]! - lastDay * dayLength];
  const cut = (clock: number, weekday?: number) =>
    Number(clock < firstClock && (weekday ?? weekdayOf(firstDay)) === weekdayOf(firstDay)) +
    Number(clock > lastClock && (weekday ?? weekdayOf(lastDay)) === weekdayOf(lastDay));
  const allDays = week.reduce((sum, { days }) => sum + days, 0);
  const sums = sumClocks(week.map(({ clocks }) => clocks));
  const usual = new Set([...sums.keys()].filter((clock) => sums.get(clock)! * 2 >= allDays - cut(clock)));
  const isUsualOn = (weekday: number, clock: number) => {
    const chances = week[weekday]!.days - cut(clock, weekday);
    return chances < 2 ? usual.has(clock) : (week[weekday]!.clocks.get(clock) ?? 0) * 2 >= chances;
  };
  const candidates = [...sums.keys()].sort((one, two) => one - two);
  const days = week.map(({ days: open, passed }, weekday) => {
    const isWeekendDay = weekday === 0 || weekday === 6;
    const isClosed =
      step >= dayLength
        ? passed >= 3 && open * 10 <= passed
        : isWeekendDay
          ? open * 2 < passed || open === 0
          : passed >= 3 && open === 0;
    if (isClosed) return [];
    return rangesOf(
      candidates.filter((clock) => isUsualOn(weekday, clock)),
      step,
    );
  });
  const slots = countSlots(days.flat(), step);
  const isAlways = slots >= Math.floor((7 * dayLength) / step);
  return slots === 0 || isAlways ? null : { step, days };
}

/** How often each clock time occurs on several weekdays together. */
function sumClocks(counts: readonly ReadonlyMap<number, number>[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const clocks of counts) for (const [clock, count] of clocks) sums.set(clock, (sums.get(clock) ?? 0) + count);
  return sums;
}

function rangesOf(clocks: readonly number[], step: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const clock of clocks) {
    const last = ranges.at(-1);
    if (last && clock - last[1] === step) last[1] = clock;
    else ranges.push([clock, clock]);
  }
  return ranges;
}

function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
