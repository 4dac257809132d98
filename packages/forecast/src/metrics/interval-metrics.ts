import { checkFraction } from '../check-arguments.ts';
import { checkMetric, type MetricOptions, meanOver } from './metric-options.ts';

/** Lower and upper ends of intervals, as many as actual values, in the data's unit; may be infinite. */
export interface IntervalForecast {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** Share of values inside their interval, ends included; 0 … 1, best near the nominal level. NaN when no value counts. */
export function coverage(
  actual: ArrayLike<number>,
  { lower, upper }: IntervalForecast,
  options: MetricOptions = {},
): number {
  checkMetric('coverage', actual, { lower, upper }, options);
  // Not `y >= lower && y <= upper`: an end that is NaN must not count as a miss among hits.
  return meanOver(actual, options, (y, i) => {
    const isUnknown = Number.isNaN(lower[i]!) || Number.isNaN(upper[i]!);
    return isUnknown ? Number.NaN : Number(y >= lower[i]! && y <= upper[i]!);
  });
}

/** Mean width: mean (upper − lower), in the data's unit; smaller is better at one coverage. NaN when no value counts. */
export function intervalWidth(
  actual: ArrayLike<number>,
  { lower, upper }: IntervalForecast,
  options: MetricOptions = {},
): number {
  checkMetric('intervalWidth', actual, { lower, upper }, options);
  return meanOver(actual, options, (_, i) => upper[i]! - lower[i]!);
}

/** Options of `winkler`. */
export interface WinklerOptions extends MetricOptions {
  /** the nominal level of the interval, between 0 and 1: 0.9 */
  readonly level: number;
}

/**
 * Winkler (interval) score: the mean of the width, plus 2/(1 − level) times the distance of a value outside; in the data's
 * unit, smaller is better. It rewards narrow intervals and fines misses, and no wrong interval beats the true one.
 * NaN when no value counts (see `mae`).
 *
 * Source: Winkler 1972; Gneiting & Raftery 2007, equation 43.
 */
export function winkler(
  actual: ArrayLike<number>,
  { lower, upper }: IntervalForecast,
  options: WinklerOptions,
): number {
  checkMetric('winkler', actual, { lower, upper }, options, ['level']);
  checkFraction('winkler', 'level', options.level);
  const fine = 2 / (1 - options.level);
  return meanOver(actual, options, (y, i) => {
    const outside = Math.max(lower[i]! - y, y - upper[i]!, 0);
    return upper[i]! - lower[i]! + fine * outside;
  });
}
