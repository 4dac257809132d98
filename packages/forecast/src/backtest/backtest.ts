import type { SeriesSet } from '@nt/data';
import { runInLanes } from '../jobs/run-in-lanes.ts';
import type { BacktestOptions, BacktestRunOptions } from './backtest-options.ts';
import type { Backtest } from './backtest-report.ts';
import type { Subject } from './estimator.ts';
import type { FoldForecasts } from './fold-forecasts.ts';
import { checkFold, mergeFolds } from './merge-folds.ts';
import { foldsByModel } from './refitting.ts';
import { foldRunner } from './run-folds.ts';

/**
 * Forecasts as it would have been done in the past, fold by fold: trains on what lies before each test part, forecasts
 * every window in it, and judges all of them together beside the rivals.
 *
 * Trained models are freed when the next fold needs another. Folds come out one by one (`onEvent`), can be given back
 * (`finished`), and can be run elsewhere (`runner`; `foldRunner`, `backtestFold`): the report has the same bits.
 *
 * @param subject an estimator (`estimatorOf(recipe, trainingOptions)`), or a predictor that is not trained any more
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/no-quantiles`, `forecast/fold`,
 *   `forecast/job-lost` when all other folds are finished; DataError `data/too-short`; the subject's errors; the reason of
 *   `signal`
 */
export async function backtest(
  subject: Subject,
  set: SeriesSet,
  options: BacktestOptions & BacktestRunOptions,
): Promise<Backtest> {
  const here = foldRunner(subject, set, options);
  const { finished = [], signal, onEvent, runner = { atOnce: 1, run: here.run } } = options;
  for (const done of finished) checkFold(done, here.identity);
  const folds: FoldForecasts[] = [];
  const queue = foldsByModel(here.folds.length, options.refit);
  const run = async (fold: number, lane: number): Promise<void> => {
    const about = { fold, folds: here.folds.length };
    const done = finished.find((one) => one.fold === fold);
    onEvent?.({ type: 'fold-start', ...about });
    if (!done) signal?.throwIfAborted();
    const forecasts = done ?? (await runner.run(fold, lane));
    if (!done) checkFold(forecasts, here.identity);
    folds.push(forecasts);
    onEvent?.({ type: 'fold-end', ...about, forecasts, isFinished: done !== undefined });
  };
  try {
    await runInLanes({
      atOnce: runner.atOnce,
      next: () => queue.shift() ?? null,
      async run(together, lane) {
        for (const fold of together) await run(fold, lane);
      },
    });
  } finally {
    here.dispose();
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
  try {
    return await runner.run(fold);
  } finally {
    runner.dispose();
  }
}
