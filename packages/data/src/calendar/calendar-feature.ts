const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** How many whole units have passed, counted around. */
const around = (time: number, unit: number, count: number): number =>
  ((Math.floor(time / unit) % count) + count) % count;

/** Positions within a period of the calendar, read in UTC (the local time of times without offset). */
export type CalendarFeature =
  | 'minuteOfHour'
  | 'hourOfDay'
  | 'dayOfWeek'
  | 'dayOfMonth'
  | 'dayOfYear'
  | 'weekOfYear'
  | 'monthOfYear'
  | 'quarterOfYear';

/** Number of positions of each feature. */
export const calendarPeriods: Readonly<Record<CalendarFeature, number>> = {
  minuteOfHour: 60,
  hourOfDay: 24,
  dayOfWeek: 7,
  dayOfMonth: 31,
  dayOfYear: 366,
  weekOfYear: 53,
  monthOfYear: 12,
  quarterOfYear: 4,
};

/** Position of a time, from 0; Monday is day 0 of the week, and week 0 begins on January 1st. */
export function calendarPosition(feature: CalendarFeature, time: number): number {
  // Arithmetic where it will do: a date for each cell takes longer than the forecast. The epoch is a Thursday.
  if (feature === 'minuteOfHour') return around(time, minute, 60);
  if (feature === 'hourOfDay') return around(time, hour, 24);
  if (feature === 'dayOfWeek') return around(time + 3 * day, day, 7);
  const date = new Date(Math.floor(time));
  if (feature === 'dayOfMonth') return date.getUTCDate() - 1;
  if (feature === 'monthOfYear') return date.getUTCMonth();
  if (feature === 'quarterOfYear') return Math.floor(date.getUTCMonth() / 3);
  const dayOfYear = Math.floor(time / day) - Date.UTC(date.getUTCFullYear(), 0, 1) / day;
  return feature === 'dayOfYear' ? dayOfYear : Math.floor(dayOfYear / 7);
}

/** Calendar features by name. */
export const calendarFeatures: readonly CalendarFeature[] = Object.keys(calendarPeriods) as CalendarFeature[];
