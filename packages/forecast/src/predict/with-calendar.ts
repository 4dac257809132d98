import { addCalendar, type SeriesSet } from '@nt/data';
import type { ForecasterConfig } from '../forecaster-options.ts';

/** Columns that the calendar adds to the covariates known ahead: sine and cosine of each feature. */
export const calendarColumns = ({ calendar }: Pick<ForecasterConfig, 'calendar'>): number => 2 * calendar.length;

/**
 * The set with the calendar features that a forecaster derives from its times.
 *
 * @param ahead time steps behind the end of each series for which they are needed; a set with covariates known ahead has
 *   rows for them already
 */
export function withCalendar(set: SeriesSet, { calendar }: ForecasterConfig, ahead: number): SeriesSet {
  if (calendar.length === 0) return set;
  return addCalendar(set, { features: calendar, horizon: set.future === null ? ahead : 0 });
}
