import { type BaselineForecast, lastKnown, nothingKnown } from './baseline-forecast.ts';

/**
 * The line through the first and the last known value, continued: the random walk with drift. Missing values between
 * and after them keep their place in time. One known value has no slope: it is repeated, and that is said.
 *
 * Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.2; sktime's `drift`.
 */
export function drift(history: ArrayLike<number>, horizon: number): BaselineForecast {
  const last = lastKnown(history);
  let first = 0;
  while (first < last && Number.isNaN(history[first]!)) first += 1;
  const slope = last > first ? (history[last]! - history[first]!) / (last - first) : 0;
  const values = Float64Array.from({ length: horizon }, (_, step) =>
    last < 0 ? Number.NaN : history[last]! + slope * (history.length + step - last),
  );
  if (last < 0) return { values, fallback: nothingKnown };
  return last > first ? { values } : { values, fallback: 'one known value has no slope: it is repeated' };
}
