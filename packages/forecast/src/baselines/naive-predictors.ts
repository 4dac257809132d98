import { seriesValues } from '@nt/data';
import { rulePredictor } from '../predict/rule-predictor.ts';
import type { Predictor } from '../predictor.ts';
import { seasonalNaive as repeatSeason } from './seasonal-naive.ts';

/** The last value again. @param horizon time steps, ≥ 1 */
export const naive = (horizon: number): Predictor =>
  rulePredictor('naive', horizon, (set, series, origin) =>
    repeatSeason(seriesValues(set, series).subarray(0, origin), horizon, 1),
  );

/** The last season again. @param seasonLength time steps, ≥ 1 */
export const seasonalNaive = (horizon: number, seasonLength: number): Predictor =>
  rulePredictor('seasonal naive', horizon, (set, series, origin) =>
    repeatSeason(seriesValues(set, series).subarray(0, origin), horizon, seasonLength),
  );
