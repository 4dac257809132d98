import { meanOver } from './metric-options.ts';
import { checkQuantiles, pinballOf, type QuantileMetricOptions } from './quantile-options.ts';

/**
 * Quantile (pinball) loss, mean over the levels: mean max(q (y − f), (q − 1)(y − f)), in the data's unit; half of `mae`
 * for the median alone. For one level give `levels: [q]`. NaN when no value counts (see `mae`).
 *
 * @param quantiles `[values, levels]`, a row of levels for each actual value
 * Source: Koenker & Bassett 1978. Without the factor 2 of GluonTS's QuantileLoss.
 */
export function pinball(
  actual: ArrayLike<number>,
  quantiles: ArrayLike<number>,
  options: QuantileMetricOptions,
): number {
  checkQuantiles('pinball', actual, quantiles, options);
  const { levels } = options;
  return meanOver(actual, options, (y, i) => {
    let sum = 0;
    for (let k = 0; k < levels.length; k++) sum += pinballOf(y, quantiles[i * levels.length + k]!, levels[k]!);
    return sum / levels.length;
  });
}
