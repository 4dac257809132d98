import { checkScale } from './check-scale.ts';
import type { ScaledMetricOptions } from './mase.ts';
import { checkMetric, meanOver } from './metric-options.ts';

/**
 * Root mean squared scaled error: √(mean (y − f)² ÷ scale), free of units, with the scale of `rmsseScale`. A scale of 0
 * gives Infinity, or NaN when the error is 0 as well; NaN when no value counts (see `mae`).
 *
 * @throws ForecastError `forecast/option` without a scale ≥ 0
 * Source: Makridakis, Spiliotis & Assimakopoulos 2022, M5 accuracy competition.
 */
export function rmsse(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: ScaledMetricOptions): number {
  checkMetric('rmsse', actual, { forecast }, options, ['scale']);
  checkScale('rmsse', 'rmsseScale', options.scale);
  return Math.sqrt(meanOver(actual, options, (y, i) => (y - forecast[i]!) ** 2) / options.scale);
}
