import { checkScale } from './check-scale.ts';
import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/** Options of `mase` and `rmsse`. */
export interface ScaledMetricOptions extends MetricOptions {
  /** what the error is divided by: `maseScale` or `rmsseScale` of the training part of the same series */
  readonly scale: number;
}

/**
 * Mean absolute scaled error: mean |y − f| ÷ scale, free of units; 1 = as good as the seasonal naive forecast was inside
 * the training part. For one series: average over series afterwards. A scale of 0 (a history that never moved) gives
 * Infinity, or NaN when the error is 0 as well; NaN when no value counts (see `mae`).
 *
 * @throws ForecastError `forecast/option` without a scale ≥ 0
 * Source: Hyndman & Koehler 2006, Another look at measures of forecast accuracy.
 */
export function mase(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: ScaledMetricOptions): number {
  checkMetric('mase', actual, { forecast }, options, ['scale']);
  checkScale('mase', 'maseScale', options.scale);
  return meanOver(actual, options, (y, i) => Math.abs(y - forecast[i]!)) / options.scale;
}
