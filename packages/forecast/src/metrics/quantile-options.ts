import { badArgument, checkFraction } from '../check-arguments.ts';
import { checkMetric, type MetricOptions } from './metric-options.ts';

/** Options of the metrics of quantile forecasts. */
export interface QuantileMetricOptions extends MetricOptions {
  /** the levels of the quantiles, between 0 and 1, ascending: `[0.1, 0.5, 0.9]` */
  readonly levels: ArrayLike<number>;
}

/** @throws ForecastError `forecast/option` unless `quantiles` is `[values, levels]` and levels ascend inside (0, 1) */
export function checkQuantiles(
  owner: string,
  actual: ArrayLike<number>,
  quantiles: ArrayLike<number>,
  options: QuantileMetricOptions,
): void {
  checkMetric(owner, actual, {}, options, ['levels']);
  const { levels } = options;
  if (!levels?.length) throw badArgument(`${owner}: levels: expected one level at least, such as [0.1, 0.5, 0.9].`);
  for (let k = 0; k < levels.length; k++) {
    checkFraction(owner, 'levels', levels[k]!);
    if (k > 0 && levels[k]! <= levels[k - 1]!) {
      throw badArgument(`${owner}: levels: expected them ascending, got ${levels[k - 1]} before ${levels[k]}.`);
    }
  }
  if (quantiles.length !== actual.length * levels.length) {
    throw badArgument(
      `${owner}: expected ${actual.length} × ${levels.length} quantiles (a row of levels for each value), got ${quantiles.length}.`,
      { expected: actual.length * levels.length, received: quantiles.length },
    );
  }
}

/** The quantile (pinball) loss of one value at one level: q (y − f) when the value lies above, (1 − q)(f − y) below. */
export function pinballOf(actual: number, quantile: number, level: number): number {
  const error = actual - quantile;
  return Math.max(level * error, (level - 1) * error);
}
