import { seriesValues } from '@nt/data';
import { checkInteger } from '../check-arguments.ts';
import { rulePredictor } from '../predict/rule-predictor.ts';
import type { Predictor } from '../predictor.ts';
import type { BaselineForecast } from './baseline-forecast.ts';
import { drift as driftRule } from './drift.ts';
import { naive as naiveRule } from './naive.ts';
import { seasonalNaiveOrLast } from './seasonal-naive-or-last.ts';
import { historyMean, windowAverage as windowAverageRule } from './window-average.ts';

/** The last value again. @param horizon time steps, ≥ 1 */
export const naive = (horizon: number): Predictor => baseline('naive', horizon, naiveRule);

/** The last season again, the last value where there is none. @param seasonLength time steps, ≥ 1 */
export const seasonalNaive = (horizon: number, seasonLength: number): Predictor => {
  checkInteger('seasonLength', seasonLength, 1);
  return baseline('seasonal naive', horizon, (history, steps) => seasonalNaiveOrLast(history, steps, seasonLength));
};

/** The last value and the mean step of the history on and on. @param horizon time steps, ≥ 1 */
export const drift = (horizon: number): Predictor => baseline('drift', horizon, driftRule);

/** The mean of the whole history. @param horizon time steps, ≥ 1 */
export const mean = (horizon: number): Predictor => baseline('mean', horizon, historyMean);

/** The mean of the last `window` time steps. @param horizon time steps, ≥ 1 */
export const windowAverage = (horizon: number, window: number): Predictor => {
  checkInteger('window', window, 1);
  return baseline('window average', horizon, (history, steps) => windowAverageRule(history, steps, window));
};

function baseline(
  method: string,
  horizon: number,
  rule: (history: ArrayLike<number>, horizon: number) => BaselineForecast,
): Predictor {
  return rulePredictor(method, horizon, (set, series, origin) => {
    return rule(seriesValues(set, series).subarray(0, origin), horizon).values;
  });
}
