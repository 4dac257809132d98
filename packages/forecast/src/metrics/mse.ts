import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/** Mean squared error: mean (y − f)², in the data's unit squared. NaN when no value counts (see `mae`). */
export function mse(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('mse', actual, { forecast }, options);
  return meanOver(actual, options, (y, i) => (y - forecast[i]!) ** 2);
}
