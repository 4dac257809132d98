import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/**
 * Coefficient of determination: 1 − Σ(y − f)² / Σ(y − ȳ)², free of units; 1 = exact, 0 = as good as the mean of the
 * values judged (which no forecast knows), below 0 = worse. Weights hold in both sums and in ȳ. Actual values that are
 * all alike give NaN: there is nothing to explain. NaN when no value counts (see `mae`).
 *
 * Differs: scikit-learn gives 1 or 0 for values that are all alike.
 */
export function r2(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('r2', actual, { forecast }, options);
  const mean = meanOver(actual, options, (y) => y);
  const variance = meanOver(actual, options, (y) => (y - mean) ** 2);
  const error = meanOver(actual, options, (y, i) => (y - forecast[i]!) ** 2);
  return variance === 0 ? Number.NaN : 1 - error / variance;
}
