import type { Across, AcrossColumn } from './across.ts';

const day = 1440;
/** Steps of a day that tables count: hours, half hours, quarters, five minutes. */
const counts = [24, 48, 96, 288];
const counted =
  /^(h|hr|he|hb|hour|hours|stunde|std|heure|hora|sp|p|pd|period|pte|int|interval|hh)?[ _.-]*(\d{1,3})[ _.-]*(a|b|x|bis|\*)?$/i;

/** Columns that are named by all hours (or shorter steps) of a day, `1` to `24`, `HE01`, `00:00` or `00-01`. */
export function hoursAcross(names: readonly string[]): Across | undefined {
  return clocks(names) ?? numbers(names);
}

function across(columns: readonly AcrossColumn[], perDay: number, isEnd: boolean, isCounted: boolean): Across {
  const sorted = [...columns].sort(
    (one, other) => one.part - other.part || Number(one.isSecond ?? false) - Number(other.isSecond ?? false),
  );
  const said = perDay === 24 ? 'hours of a day' : `${perDay} steps of a day`;
  return { kind: 'hour', said, columns: sorted, perDay, isEnd, isCounted };
}

/** The day on which clocks are put back has a step more: `25` behind `24`, or `3B` beside `3A`, or `2*` beside `2`. */
function numbers(names: readonly string[]): Across | undefined {
  const groups = new Map<string, { name: string; number: number; isSecond: boolean }[]>();
  for (const name of names) {
    const [, prefix = '', digits, mark = ''] = counted.exec(name) ?? [];
    if (digits === undefined) continue;
    const isSecond = /^(b|x|bis|\*)$/i.test(mark);
    const key = prefix.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), { name, number: Number(digits), isSecond }]);
  }
  for (const [prefix, group] of groups) {
    const firsts = group.filter(({ isSecond }) => !isSecond).map(({ number }) => number);
    const from = Math.min(...firsts);
    const isWhole =
      from <= 1 && new Set(firsts).size === firsts.length && Math.max(...firsts) === from + firsts.length - 1;
    const perDay = counts.find(
      (count) => firsts.length === count || (from === 1 && firsts.length === (count * 25) / 24),
    );
    const isKnown = group.every(({ number, isSecond }) => !isSecond || firsts.includes(number));
    if (!isWhole || perDay === undefined || !isKnown) continue;
    const columns = group.map(({ name, number, isSecond }) => ({
      name,
      part: number - from,
      ...(isSecond ? { isSecond } : {}),
    }));
    return across(
      columns,
      perDay,
      from === 1 && perDay === 24 && prefix !== 'hb',
      columns.every((one) => !one.isSecond),
    );
  }
  return undefined;
}

const clock = /^(\d{1,2})(?::(\d\d)(?::00)?)?\s*([ap]\.?m\.?)?$/i;
const span = /^(\d{1,2}(?::\d\d)?)\s*(?:-|–|to)\s*(\d{1,2}(?::\d\d)?)$/i;

/** Minutes of a clock; undefined for a bare number, which counts. */
function minutesOf(text: string, isSpan = false): number | undefined {
  const [, hour, minute, half] = clock.exec(text) ?? [];
  if (hour === undefined || (minute === undefined && half === undefined && !isSpan)) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0);
  return hours * 60 + Number(minute ?? 0);
}

function clocks(names: readonly string[]): Across | undefined {
  const columns = names.flatMap((name) => {
    const [, begin] = span.exec(name) ?? [];
    const minutes = begin === undefined ? minutesOf(name) : minutesOf(begin, true);
    return minutes === undefined ? [] : [{ name, minutes }];
  });
  const perDay = columns.length;
  if (!counts.includes(perDay)) return undefined;
  const step = day / perDay;
  // Midnight as the last of them is the end of the day.
  const isEnd = columns.every(({ minutes }) => minutes > 0) || columns.at(-1)!.minutes === 0;
  const parts = columns.map(({ name, minutes }) => ({
    name,
    part: ((minutes === 0 && isEnd ? day : minutes) - (isEnd ? step : 0)) / step,
  }));
  const isWhole = new Set(parts.map(({ part }) => part)).size === perDay;
  const isEven = parts.every(({ part }) => Number.isInteger(part) && part >= 0 && part < perDay);
  return isWhole && isEven ? across(parts, perDay, isEnd, false) : undefined;
}
