import { type SeriesSet, seasonLength } from '@nt/data';
import type { EvaluateOptions } from '../evaluate/evaluate-options.ts';
import type { Predictor } from '../predictor.ts';
import { drift, mean, naive, seasonalNaive, windowAverage } from './naive-predictors.ts';

/** What every report compares with: the naive rules, with the season of the data where there is one. */
export function usualBaselines(
  horizon: number,
  { frequency }: SeriesSet,
  { seasonLength: season = seasonLength(frequency) }: EvaluateOptions,
): readonly Predictor[] {
  const seasonal = season > 1 ? [seasonalNaive(horizon, season), windowAverage(horizon, season)] : [];
  return [naive(horizon), ...seasonal, drift(horizon), mean(horizon)];
}
