import { type SeriesSet, splitByTime, type TimeSplit } from '@nt/data';
import type { Tensor } from '@nt/tensor';
import { isEstimator, type Subject } from '../backtest/estimator.ts';
import { estimatorOf } from '../backtest/estimator-of.ts';
import { checkSplitParts } from '../fit/check-split-parts.ts';
import type { Forecaster } from '../forecaster.ts';
import { badOption } from '../options/option.ts';
import { changedFuture, futureNames, type OtherFuture } from './changed-futures.ts';
import { checkPrepared } from './check-covariates.ts';
import { checkEstimator } from './check-estimator.ts';
import { checkSplit } from './check-split.ts';
import { checkWindows } from './check-windows.ts';
import type { LeakCheck, LeakReport } from './leak-report.ts';
import { checkLeakcheckOptions, type LeakcheckOptions } from './leakcheck-options.ts';

/**
 * Looks for what cannot be known yet: takes the test part away, changes it in several ways, does everything again, and
 * compares bit for bit what lies before it.
 *
 * Of an estimator (or a `Forecaster`) everything between data and forecast is gone through: parts, covariates, scaler,
 * calendar, early stopping, calibration, selection. Of a predictor that is trained already only how it forecasts can be seen,
 * not what it was trained on.
 *
 * A passed check is no proof: a choice that falls the same with every future shows no trace. A failed one is.
 *
 * @returns a report; leaks are not thrown
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`; the subject's errors on the data as they are
 */
export async function leakcheck<T extends Tensor>(
  subject: Subject | Forecaster<T>,
  set: SeriesSet,
  options: LeakcheckOptions = {},
): Promise<LeakReport> {
  checkLeakcheckOptions(options);
  const checked = asSubject(subject, options);
  const { split: given, prepare = (raw: SeriesSet) => raw, futures = futureNames, seed = 1, signal } = options;
  const splitOf =
    typeof given === 'function' ? given : (raw: SeriesSet) => given ?? splitByTime(raw, { validation: 0.1, test: 0.2 });
  const split = splitOf(set);
  checkSplitParts(split);
  const cuts = split.test.starts;
  if (!cuts.some((cut, series) => cut > 0 && cut < split.test.ends[series]!)) {
    throw badOption('split', 'a test part in at least one series, whose values can be changed', 'none');
  }
  const raw = futures.map((name) => ({ name, set: changedFuture(set, cuts, name, seed) }));
  const own = { name: 'as it is', set: await prepare(set), split };
  const others: OtherFuture[] = [];
  for (const { name, set: changed } of raw) {
    const parts = name === 'cut' ? withoutTest(split) : split;
    others.push({ name, set: await prepare(changed), split: parts });
  }
  const uncut = raw.filter(({ name }) => name !== 'cut');
  const checks: LeakCheck[] = [
    checkSplit(
      set,
      split,
      uncut.map(({ name, set: changed }) => [name, splitOf(changed)] as const),
    ),
    checkPrepared(
      own.set,
      cuts,
      checked.horizon,
      others.map(({ name, set: prepared }) => [name, prepared] as const),
    ),
  ];
  signal?.throwIfAborted();
  if (isEstimator(checked)) checks.push(...(await checkEstimator(checked, own, others, signal)));
  else checks.push(await checkWindows(checked, own, others));
  return { method: checked.method, passed: checks.every((check) => check.passed), checks };
}

function asSubject<T extends Tensor>(subject: Subject | Forecaster<T>, { training }: LeakcheckOptions): Subject {
  if ('plan' in subject) return estimatorOf(subject, training);
  if (training !== undefined)
    throw badOption('training', 'none beside an estimator or a predictor, which has its own', training);
  return subject;
}

function withoutTest(split: TimeSplit): TimeSplit {
  return { ...split, test: { starts: split.test.starts, ends: split.test.starts } };
}
