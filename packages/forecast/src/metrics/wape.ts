import { checkMetric, eachActual, type MetricOptions } from './metric-options.ts';

/**
 * Weighted absolute percentage error: 100 Σ|y − f| / Σ|y|, in percent (GluonTS's ND as a fraction). Actual values that
 * are all 0 give Infinity, or NaN when the forecasts are 0 as well. NaN when no value counts (see `mae`).
 */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('wape', actual, { forecast }, options);
  let errors = 0;
  let sizes = 0;
  eachActual(actual, options, (y, i, weight) => {
    errors += weight * Math.abs(y - forecast[i]!);
    sizes += weight * Math.abs(y);
  });
  return (100 * errors) / sizes;
}
