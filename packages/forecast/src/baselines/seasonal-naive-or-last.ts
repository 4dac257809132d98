import { checkInteger } from '../check-arguments.ts';
import { type BaselineForecast, lastKnown, nothingKnown } from './baseline-forecast.ts';
import { seasonalNaive } from './seasonal-naive.ts';

/**
 * The last observed season again and again, as `seasonalNaive`; steps of which the history knows no value of that phase
 * (a season longer than the history, say) get the last known value, and `fallback` says how many.
 *
 * @param seasonLength in time steps, ≥ 1
 */
export function seasonalNaiveOrLast(
  history: ArrayLike<number>,
  horizon: number,
  seasonLength: number,
): BaselineForecast {
  checkInteger('seasonLength', seasonLength, 1);
  const values = seasonalNaive(history, horizon, seasonLength);
  const missing = values.filter(Number.isNaN).length;
  if (missing === 0) return { values };
  const at = lastKnown(history);
  if (at < 0) return { values, fallback: nothingKnown };
  return {
    values: values.map((value) => (Number.isNaN(value) ? history[at]! : value)),
    fallback: `${missing} of ${horizon} steps are the last known value: the history of ${history.length} steps has none one season (${seasonLength} steps) before them`,
  };
}
