const day = 86_400_000;

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
  const date = new Date(Math.floor(time));
  if (feature === 'minuteOfHour') return date.getUTCMinutes();
  if (feature === 'hourOfDay') return date.getUTCHours();
  if (feature === 'dayOfWeek') return (date.getUTCDay() + 6) % 7;
  if (feature === 'dayOfMonth') return date.getUTCDate() - 1;
  if (feature === 'monthOfYear') return date.getUTCMonth();
  if (feature === 'quarterOfYear') return Math.floor(date.getUTCMonth() / 3);
  const dayOfYear = Math.floor(time / day) - Date.UTC(date.getUTCFullYear(), 0, 1) / day;
  return feature === 'dayOfYear' ? dayOfYear : Math.floor(dayOfYear / 7);
}

/** Calendar features by name. */
export const calendarFeatures: readonly CalendarFeature[] = Object.keys(calendarPeriods) as CalendarFeature[];
