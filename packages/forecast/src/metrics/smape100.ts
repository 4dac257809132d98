import type { MetricOptions } from './metric-options.ts';
import { smape } from './smape.ts';

/** Half of `smape`: mean 100 |y − f| / (|y| + |f|), in percent, 0 … 100, as utilsforecast defines sMAPE (there a fraction). */
export function smape100(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions = {}): number {
  return smape(actual, forecast, options) / 2;
}
