import { type SeriesSet, writeTime } from '@nt/data';
import type { Forecast } from '@nt/forecast';

/** A forecast as JSON for programs: times as the source writes them. */
export function forecastJson(ahead: Forecast, set: SeriesSet): string {
  const found = {
    target: set.target,
    horizon: ahead.horizon,
    notices: ahead.notices,
    quantiles: ahead.quantiles,
    series: ahead.series.map(({ id, times, values, quantiles, intervals }) => ({
      id,
      times: times.map((time) => writeTime(set, time)),
      values: Array.from(values),
      quantiles: quantiles.map((column) => Array.from(column)),
      intervals: intervals.map(({ level, lower, upper }) => ({
        level,
        lower: Array.from(lower),
        upper: Array.from(upper),
      })),
    })),
  };
  return `${JSON.stringify(found, undefined, 2)}\n`;
}
