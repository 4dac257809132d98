import { zoneOf } from '../time/local-time.ts';
import type { Across, AcrossColumn } from './across.ts';

const dayLength = 86_400_000;

/** Milliseconds since the epoch of a step of a day; NaN for one that the day does not have. */
export type HourTime = (day: number, column: Pick<AcrossColumn, 'part' | 'isSecond'>) => number;

/**
 * The times of hours of a day (or shorter steps). Without a zone every day has 24, and the second of two has no time. In
 * a zone hours are those of its clocks, or are counted from midnight as time goes by: which of the two shows on a day on
 * which clocks were put forward, by the hour that is empty there.
 *
 * @param isFilled whether there is a value on a day in a step, told for days on which clocks were put forward
 */
export function hourTimes(
  { columns, perDay = 24, isCounted = false }: Pick<Across, 'columns' | 'perDay' | 'isCounted'>,
  timezone: string | undefined,
  shortDays: () => Iterable<readonly [day: number, isFilled: (part: number) => boolean]>,
): HourTime {
  const step = dayLength / perDay;
  if (timezone === undefined)
    return (day, { part, isSecond }) => (part >= perDay || isSecond ? Number.NaN : day + part * step);
  const zone = zoneOf(timezone);
  const lengthOf = (day: number) => zone.toInstant(day + dayLength) - zone.toInstant(day);
  const goesBy = (): boolean => {
    if (!isCounted) return false;
    if (columns.some(({ part }) => part >= perDay)) return true;
    for (const [day, isFilled] of shortDays()) {
      if (lengthOf(day) >= dayLength) continue;
      const skipped = Array.from({ length: perDay }, (_, part) => part).find(
        (part) => zone.instantsOf(day + part * step).length === 0,
      );
      if (skipped !== undefined && isFilled(skipped) !== isFilled(perDay - 1)) return isFilled(skipped);
    }
    return false;
  };
  const counts = goesBy();
  return (day, { part, isSecond }) => {
    const length = lengthOf(day);
    if (counts || length === dayLength)
      return part * step < length && !isSecond ? zone.toInstant(day) + part * step : Number.NaN;
    const [first, second] = part < perDay ? zone.instantsOf(day + part * step) : [];
    return (isSecond ? second : first) ?? Number.NaN;
  };
}
