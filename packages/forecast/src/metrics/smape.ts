import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/**
 * Symmetric mean absolute percentage error as in M4: mean 200 |y − f| / (|y| + |f|), in percent, 0 … 200; 0 where both
 * are 0. NaN when no value counts (see `mae`). Nixtla's utilsforecast reports half of it: that is `smape100`.
 *
 * Source: Makridakis, Spiliotis & Assimakopoulos 2020, The M4 competition.
 */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  checkMetric('smape', actual, { forecast }, options);
  return meanOver(actual, options, (y, i) => {
    const size = Math.abs(y) + Math.abs(forecast[i]!);
    return size === 0 ? 0 : (200 * Math.abs(y - forecast[i]!)) / size;
  });
}
