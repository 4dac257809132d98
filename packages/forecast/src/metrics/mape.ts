import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/**
 * Mean absolute percentage error: mean 100 |y − f| / |y|, in percent. Infinity as soon as an actual value is 0 and its
 * forecast is not (0 where both are 0): such series want `wape` or `mase`. NaN when no value counts (see `mae`).
 *
 * Differs: utilsforecast leaves zeros out and scikit-learn divides them by 2e-16; both are fractions, this is percent.
 */
export function mape(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('mape', actual, { forecast }, options);
  return meanOver(actual, options, (y, i) => {
    const error = Math.abs(y - forecast[i]!);
    return error === 0 ? 0 : (100 * error) / Math.abs(y);
  });
}
