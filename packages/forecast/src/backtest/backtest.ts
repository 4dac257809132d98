import type { SeriesSet } from '@nt/data';
import { badOption } from '../options/option.ts';
import type { BacktestOptions, BacktestRunOptions } from './backtest-options.ts';
import type { Backtest } from './backtest-report.ts';
import type { Subject } from './estimator.ts';
import type { FoldForecasts } from './fold-forecasts.ts';
import { checkFold, mergeFolds } from './merge-folds.ts';
import { foldRunner } from './run-folds.ts';

/**
 * Forecasts as it would have been done in the past, fold by fold: trains on what lies before each test part, forecasts
 * every window in it, and judges all of them together beside the rivals.
 *
 * Trained models are freed when the next fold needs another. Folds come out one by one (`onEvent`), can be given back
 * (`finished`), and can be run elsewhere (`backtestFold`): the report has the same bits.
 *
 * @param subject an estimator (`estimatorOf(recipe, trainingOptions)`), or a predictor that is not trained any more
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/no-quantiles`, `forecast/fold`; DataError
 *   `data/too-short`; the subject's errors; the reason of `signal`
 */
export async function backtest(
  subject: Subject,
  set: SeriesSet,
  options: BacktestOptions & BacktestRunOptions,
): Promise<Backtest> {
  const runner = foldRunner(subject, set, options);
  const { finished = [], onEvent } = options;
  for (const done of finished) checkFold(done, runner.identity);
  const folds: FoldForecasts[] = [];
  try {
    for (let fold = 0; fold < runner.folds.length; fold++) {
      const about = { fold, folds: runner.folds.length };
      const done = finished.find((one) => one.fold === fold);
      onEvent?.({ type: 'fold-start', ...about });
      const forecasts = done ?? (await runner.run(fold));
      folds.push(forecasts);
      onEvent?.({ type: 'fold-end', ...about, forecasts, isFinished: done !== undefined });
    }
  } finally {
    runner.dispose();
  }
  return mergeFolds(folds, set, options);
}

/**
 * Runs one fold alone, for instance in a process of its own; `mergeFolds` makes the report of all. With `refit: 'warm'` the
 * models before it are taken from `models`, or trained again.
 *
 * @param fold from 0
 * @throws as `backtest`
 */
export async function backtestFold(
  fold: number,
  subject: Subject,
  set: SeriesSet,
  options: BacktestOptions & Omit<BacktestRunOptions, 'finished'>,
): Promise<FoldForecasts> {
  const runner = foldRunner(subject, set, options);
  if (!(fold in runner.folds)) throw badOption('fold', `0 to ${runner.folds.length - 1}`, fold);
  try {
    return await runner.run(fold);
  } finally {
    runner.dispose();
  }
}
