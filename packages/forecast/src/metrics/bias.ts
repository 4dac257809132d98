import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/** Mean error: mean (f − y), in the data's unit; above 0 = forecasts are too high. NaN when no value counts (see `mae`). */
export function bias(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('bias', actual, { forecast }, options);
  return meanOver(actual, options, (y, i) => forecast[i]! - y);
}
