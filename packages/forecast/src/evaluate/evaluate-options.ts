import { checkInteger } from '../check-arguments.ts';
import { checkMetricNames, type MetricName } from '../metrics/metric-catalogue.ts';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import { quantilesOfLevels } from '../predict/levels.ts';
import { checkQuantiles } from '../predict/predict-options.ts';
import type { Predictor } from '../predictor.ts';
import { checkTradingOptions, type TradingOptions } from '../trading/trading-of.ts';

/** How forecasts are judged. */
export interface EvaluateOptions {
  /** Time steps of a season, for the seasonal naive forecast and MASE; default by frequency (7 for days, 24 for hours …). */
  readonly seasonLength?: number | undefined;
  /** More metrics beside mae, rmse, smape and mase. */
  readonly metrics?: readonly MetricName[] | undefined;
  /** Central intervals to judge, in percent: `[80, 95]`; default those that the first predictor's quantiles make. */
  readonly levels?: readonly number[] | undefined;
  /** Quantiles to judge in place of `levels`. */
  readonly quantiles?: readonly number[] | undefined;
  /** For price series: what the first predictor's forecasts would be worth to a trader. Default false. */
  readonly trading?: boolean | TradingOptions | undefined;
}

const keys = ['seasonLength', 'metrics', 'levels', 'quantiles', 'trading'];

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function checkEvaluateOptions(options: EvaluateOptions, more: readonly string[] = [], owner = 'evaluate'): void {
  checkKeys(owner, options, [...keys, ...more]);
  if (options.seasonLength !== undefined) checkInteger('seasonLength', options.seasonLength, 1);
  if (options.metrics !== undefined) checkMetricNames(options.metrics);
  if (options.levels !== undefined && options.quantiles !== undefined)
    throw badOption('levels', 'no quantiles beside them', options.quantiles);
  const { levels, quantiles, trading } = options;
  if (levels !== undefined) quantilesOfLevels(levels);
  if (quantiles !== undefined) checkQuantiles('quantiles', quantiles);
  if (trading !== undefined && typeof trading !== 'boolean') checkTradingOptions(trading);
}

/** Intervals that are judged where nothing else is asked for, in percent. */
const usualLevels = [80, 95];

/** The quantiles to ask for. */
export function quantilesToJudge(
  { levels, quantiles }: EvaluateOptions,
  { quantiles: told, highestLevel = 100 }: Pick<Predictor, 'quantiles' | 'highestLevel'>,
): readonly number[] {
  if (levels !== undefined) return quantilesOfLevels(levels);
  if (quantiles !== undefined) checkQuantiles('quantiles', quantiles);
  return quantiles ?? (told === 'any' ? quantilesOfLevels(usualLevels.filter((level) => level <= highestLevel)) : told);
}
