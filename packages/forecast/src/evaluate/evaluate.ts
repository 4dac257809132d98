import { seasonLength as usualSeason, type Windows } from '@nt/data';
import { checkList } from '../check-arguments.ts';
import { badOption } from '../options/option.ts';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import type { Predictor } from '../predictor.ts';
import { tradingOf } from '../trading/trading-of.ts';
import { checkEvaluateOptions, type EvaluateOptions, quantilesToJudge } from './evaluate-options.ts';
import type { Evaluation } from './evaluation.ts';
import { forecastTable } from './forecast-table.ts';
import { judge } from './judge.ts';

/**
 * Compares predictors over the same windows of data in their unit; the first is the one in question, the best of the
 * others is what its skill is measured against.
 *
 * @param windows their horizon is that of every predictor
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/no-quantiles`; the predictors' errors
 */
export async function evaluate(
  predictors: readonly Predictor[],
  windows: Windows,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  checkEvaluateOptions(options);
  checkList('predictors', predictors, 'predictors');
  const [own] = predictors;
  if (own === undefined) throw badOption('predictors', 'at least one', 'none');
  const quantiles = quantilesToJudge(options, own);
  checkQuantilesTold(own, quantiles);
  const { seasonLength = usualSeason(windows.set.frequency), metrics = [], trading } = options;
  const table = await forecastTable(predictors, windows, quantiles);
  const evaluation = judge(table, { metrics, seasonLength });
  return trading ? { ...evaluation, trading: tradingOf(table, trading === true ? {} : trading) } : evaluation;
}
