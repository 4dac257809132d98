import { seriesValues } from '@nt/data';
import { checkInteger } from '../check-arguments.ts';
import { ForecastError } from '../forecast-error.ts';
import { type ForecastRule, rulePredictor } from '../predict/rule-predictor.ts';
import type { Predictor } from '../predictor.ts';
import type { BaselineForecast } from './baseline-forecast.ts';
import { drift as driftRule } from './drift.ts';
import { naive as naiveRule } from './naive.ts';
import { seasonalNaiveOrLast } from './seasonal-naive-or-last.ts';
import { historyMean, windowAverage as windowAverageRule } from './window-average.ts';

/** The last value again. @param horizon time steps, ≥ 1 */
export const naive = (horizon: number): Predictor => baseline({ name: 'naive', horizon }, naiveRule);

/** The last season again, the last value where there is none. @param seasonLength time steps, ≥ 1 */
export const seasonalNaive = (horizon: number, seasonLength: number): Predictor => {
  checkInteger('seasonLength', seasonLength, 1);
  return baseline({ name: 'seasonal naive', horizon, steps: seasonLength }, (history, steps) =>
    seasonalNaiveOrLast(history, steps, seasonLength),
  );
};

/** The last value and the mean step of the history on and on. @param horizon time steps, ≥ 1 */
export const drift = (horizon: number): Predictor => baseline({ name: 'drift', horizon }, driftRule);

/** The mean of the whole history. @param horizon time steps, ≥ 1 */
export const mean = (horizon: number): Predictor => baseline({ name: 'mean', horizon }, historyMean);

/** The mean of the last `window` time steps. @param horizon time steps, ≥ 1 */
export const windowAverage = (horizon: number, window: number): Predictor => {
  checkInteger('window', window, 1);
  return baseline({ name: 'window average', horizon, steps: window }, (history, steps) =>
    windowAverageRule(history, steps, window),
  );
};

/** A naive rule in words. */
export interface SavedBaseline {
  readonly name: keyof typeof baselines;
  readonly horizon: number;
  /** Of its season or window, where it has one. */
  readonly steps?: number | undefined;
}

const baselines = {
  naive,
  'seasonal naive': seasonalNaive,
  drift,
  mean,
  'window average': windowAverage,
} as const satisfies Record<string, (horizon: number, steps: number) => Predictor>;

/** The naive rule that was saved. @throws ForecastError `forecast/model-file` */
export function baselineFromState({ name, horizon, steps = 1 }: SavedBaseline): Predictor {
  if (Object.hasOwn(baselines, name)) return baselines[name](horizon, steps);
  throw new ForecastError('forecast/model-file', `config.json: no rule is called '${name}'.`, { rule: name });
}

function baseline(
  saved: SavedBaseline,
  rule: (history: ArrayLike<number>, horizon: number) => BaselineForecast,
): Predictor {
  const forecast: ForecastRule = (set, series, origin) =>
    rule(seriesValues(set, series).subarray(0, origin), saved.horizon).values;
  return rulePredictor(saved.name, saved.horizon, forecast, { kind: 'baseline', state: { rule: saved } });
}
