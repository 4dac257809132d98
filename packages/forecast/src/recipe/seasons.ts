import { type CalendarFeature, type Frequency, type SeriesSet, seasonLength, timeAt } from '@nt/data';

/** Time steps of the two seasons that one expects of a frequency; 1 = none, and both alike where there is only one. */
export interface Seasons {
  readonly short: number;
  readonly long: number;
}

/** How many short seasons a long one has: a week of days, a year of weeks. */
const shortInLong: Readonly<Partial<Record<Frequency['unit'], number>>> = {
  second: 60,
  minute: 7,
  hour: 7,
  day: 52,
  'business-day': 52,
};

/** A day and a week of hours (24, 168), a week and 52 weeks of days (7, 364), and so on. */
export function seasonsOf(frequency: Frequency): Seasons {
  const short = seasonLength(frequency);
  return { short, long: short === 1 ? 1 : short * (shortInLong[frequency.unit] ?? 1) };
}

const day = 86_400_000;
/** A yearly cycle can be learnt from two years or more. */
const leastDays = 730;
/** From fewer weeks of hours or days a network learns the calendar of the weeks it saw, where a look-back shows the cycles. */
const leastWeeks = 8;

/**
 * What the calendar can tell of a set: the hour where steps are shorter than a day, the day of the week where they are at
 * most one, the day of the year where the training part spans two years. None without times, and none for hours and days
 * whose training part is shorter than eight weeks.
 *
 * @param trainEnds end of the training part of each series, in time steps
 */
export function calendarOf(set: SeriesSet, trainEnds: ArrayLike<number>): readonly CalendarFeature[] {
  const { unit, count } = set.frequency;
  if (unit === 'row') return [];
  const isWithinDay = unit === 'hour' ? count < 24 : ['second', 'minute'].includes(unit);
  const isDaily = unit === 'day' || unit === 'business-day';
  const spanOf = (s: number): number => (trainEnds[s]! > 1 ? timeAt(set, s, trainEnds[s]! - 1) - set.starts[s]! : 0);
  const span = set.ids.reduce((most, _, s) => Math.max(most, spanOf(s)), 0);
  const isLong = span >= leastDays * day;
  if ((unit === 'hour' || isDaily) && span < 7 * leastWeeks * day) return [];
  return [
    ...(unit === 'minute' || unit === 'second' ? (['minuteOfHour'] as const) : []),
    ...(isWithinDay ? (['hourOfDay'] as const) : []),
    ...(isWithinDay || isDaily ? (['dayOfWeek'] as const) : []),
    ...(isLong && unit !== 'year' ? (['dayOfYear'] as const) : []),
  ];
}
