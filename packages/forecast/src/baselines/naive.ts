import { type BaselineForecast, lastKnown, nothingKnown } from './baseline-forecast.ts';

/** The last known value again and again: the best forecast of a random walk. All NaN, and said, when nothing is known. */
export function naive(history: ArrayLike<number>, horizon: number): BaselineForecast {
  const at = lastKnown(history);
  const values = new Float64Array(horizon).fill(at < 0 ? Number.NaN : history[at]!);
  return at < 0 ? { values, fallback: nothingKnown } : { values };
}
