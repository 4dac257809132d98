import { badArgument } from '../check-arguments.ts';

/** What a naive method forecasts from the history alone. */
export interface BaselineForecast {
  /** `[horizon]`, in the data's unit; NaN when the history holds no known value */
  readonly values: Float64Array;
  /** why a step could not be forecast as the method says, and what stands there instead */
  readonly fallback?: string;
}

/** A naive method: a history, oldest first, NaN where a value is missing, and the number of steps to forecast. */
export type Baseline = (history: ArrayLike<number>, horizon: number) => BaselineForecast;

export const nothingKnown = 'the history holds no known value';

/** Position of the last known value, −1 when there is none. */
export function lastKnown(history: ArrayLike<number>): number {
  let at = history.length - 1;
  while (at >= 0 && Number.isNaN(history[at]!)) at -= 1;
  return at;
}

/** The history with NaN wherever the mask holds 0 or false. */
export function maskHistory(history: ArrayLike<number>, mask: ArrayLike<number | boolean>): Float64Array {
  if (mask.length !== history.length) {
    throw badArgument(`mask: expected ${history.length} numbers (as many as the history), got ${mask.length}.`);
  }
  return Float64Array.from(history, (value, i) => (mask[i] ? value : Number.NaN));
}
