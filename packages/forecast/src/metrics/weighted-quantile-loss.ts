import { eachActual } from './metric-options.ts';
import { checkQuantiles, pinballOf, type QuantileMetricOptions } from './quantile-options.ts';

/**
 * Weighted quantile loss, mean over the levels: 2 Σ pinball / Σ|y|, free of units. Leaderboards (GIFT-Eval, Chronos) call
 * it CRPS. Actual values that are all 0 give Infinity, or NaN when the forecasts are 0 as well; NaN when no value counts.
 *
 * @param quantiles `[values, levels]`, a row of levels for each actual value
 * Source: GluonTS's MeanWeightedSumQuantileLoss.
 */
export function weightedQuantileLoss(
  actual: ArrayLike<number>,
  quantiles: ArrayLike<number>,
  options: QuantileMetricOptions,
): number {
  checkQuantiles('weightedQuantileLoss', actual, quantiles, options);
  const { levels } = options;
  let losses = 0;
  let sizes = 0;
  eachActual(actual, options, (y, i, weight) => {
    for (let k = 0; k < levels.length; k++) {
      losses += weight * pinballOf(y, quantiles[i * levels.length + k]!, levels[k]!);
    }
    sizes += weight * Math.abs(y);
  });
  return (2 * losses) / (sizes * levels.length);
}
