import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/**
 * Mean absolute error: mean |y − f|, in the data's unit.
 *
 * As in all metrics here, values whose actual is NaN, masked or of weight 0 do not count, NaN when none counts, and a
 * forecast that is NaN where the actual value counts makes the result NaN: a method that failed must not look better.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function mae(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('mae', actual, { forecast }, options);
  return meanOver(actual, options, (y, i) => Math.abs(y - forecast[i]!));
}
