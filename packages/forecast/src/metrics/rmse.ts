import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/** Root mean squared error: √ mean (y − f)², in the data's unit. NaN when no value counts (see `mae`). */
export function rmse(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('rmse', actual, { forecast }, options);
  return Math.sqrt(meanOver(actual, options, (y, i) => (y - forecast[i]!) ** 2));
}
