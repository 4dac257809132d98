import { type Fold, type SeriesSet, timeAt, writeTime } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import { withModelId } from '../predict/check-data.ts';
import { unseenRanges } from '../saved/seen-until.ts';
import { isEstimator, type Subject } from './estimator.ts';

/**
 * What came trained, or is made of such, must not be judged on what it was trained or calibrated on.
 *
 * @throws ForecastError `forecast/no-windows` naming fold, series and times
 */
export function checkUnseen(subject: Subject, set: SeriesSet, folds: readonly Fold[]): void {
  const seenData = isEstimator(subject) ? undefined : subject.trainedOn;
  if (seenData === undefined) return;
  const { starts } = unseenRanges(withModelId(seenData, set), seenData.seenUntil);
  for (const [fold, { test }] of folds.entries()) {
    const series = test.starts.findIndex((start, index) => start < test.ends[index]! && start < starts[index]!);
    if (series < 0) continue;
    const [seen, begins] = [starts[series]!, test.starts[series]!].map((step) =>
      writeTime(set, timeAt(set, series, step)),
    );
    throw new ForecastError(
      'forecast/no-windows',
      `${subject.method} has seen series '${set.ids[series]}' up to ${seen}, and the test part of fold ${fold} begins at ${begins}. Let the backtest train it (estimatorOf), or use fewer folds.`,
      { fold, series: set.ids[series] },
    );
  }
}
