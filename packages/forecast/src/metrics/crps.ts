import { meanOver } from './metric-options.ts';
import { checkQuantiles, pinballOf, type QuantileMetricOptions } from './quantile-options.ts';

/**
 * Continuous ranked probability score from quantiles: 2 ∫ pinball_q dq by the trapezoidal rule over the levels given,
 * with a loss of 0 at the levels 0 and 1; in the data's unit, smaller is better. NaN when no value counts (see `mae`).
 *
 * Close levels count less than lone ones, so levels need not be evenly spaced; few levels underestimate the tails. With
 * levels k / (K + 1) it is 2 K / (K + 1) times `pinball`.
 *
 * @param quantiles `[values, levels]`, a row of levels for each actual value
 * Source: Gneiting & Raftery 2007; Laio & Tamea 2007. Differs: GluonTS takes the plain mean over levels.
 */
export function crps(actual: ArrayLike<number>, quantiles: ArrayLike<number>, options: QuantileMetricOptions): number {
  checkQuantiles('crps', actual, quantiles, options);
  const { levels } = options;
  const width = (k: number): number => ((levels[k + 1] ?? 1) - (levels[k - 1] ?? 0)) / 2;
  return meanOver(actual, options, (y, i) => {
    let sum = 0;
    for (let k = 0; k < levels.length; k++) {
      sum += width(k) * pinballOf(y, quantiles[i * levels.length + k]!, levels[k]!);
    }
    return 2 * sum;
  });
}
