import type { Fold, SeriesSet } from '@nt/data';
import type { Json } from '@nt/tensor';
import { usualBaselines } from '../baselines/usual-baselines.ts';
import { quantilesToJudge } from '../evaluate/evaluate-options.ts';
import { forecastTable } from '../evaluate/forecast-table.ts';
import { dataFingerprint } from '../fit/data-fingerprint.ts';
import { checkName } from '../options/choice.ts';
import { badOption } from '../options/option.ts';
import { canTell, checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import type { Predictor } from '../predictor.ts';
import {
  type BacktestOptions,
  type BacktestRunOptions,
  checkBacktestOptions,
  foldsOf,
  walkOf,
} from './backtest-options.ts';
import { checkUnseen } from './check-unseen.ts';
import { isEstimator, type Subject } from './estimator.ts';
import { type FoldForecasts, foldForecasts, foldWindows } from './fold-forecasts.ts';
import { refitting } from './refitting.ts';

/** Runs folds of one backtest. */
export interface FoldRunner {
  readonly folds: readonly Fold[];
  /** Of every fold. */
  readonly identity: Json;
  /**
   * Trains and forecasts one fold.
   *
   * @param fold from 0
   */
  readonly run: (fold: number) => Promise<FoldForecasts>;
  /** Frees what was trained. */
  dispose(): void;
}

/**
 * Runs folds one by one, in any order, in a process of its own or in several: `backtest` takes them from its `runner`,
 * `mergeFolds` makes the report of all. A model that several folds share is trained once. Checks everything and trains
 * nothing yet.
 *
 * @throws as `backtest`
 */
export function foldRunner(
  subject: Subject,
  set: SeriesSet,
  options: BacktestOptions & BacktestRunOptions,
): FoldRunner {
  checkBacktestOptions(options);
  const { horizon } = subject;
  const {
    refit = 1,
    recalibrate = false,
    stride = 1,
    signal,
    rivals = usualBaselines(horizon, set, options),
  } = options;
  const other = rivals.findIndex((rival) => rival?.horizon !== horizon);
  if (other >= 0) throw badOption('rivals', `the horizon of ${subject.method}, ${horizon}`, rivals[other]?.horizon);
  checkTradable(options, [subject, ...rivals]);
  const folds = foldsOf(set, horizon, options);
  for (const one of [subject, ...rivals]) checkUnseen(one, set, folds);
  const recalibration = recalibrate ? { stride } : null;
  if (recalibration && !(isEstimator(subject) && subject.recalibrate))
    throw badOption('recalibrate', `false with ${subject.method}, which cannot be recalibrated`, recalibrate);
  const methods = [subject, ...rivals].map((one) => refitting(one, { ...options, set, folds, refit, recalibration }));
  const identity = identityOf(set, options, [subject, ...rivals]);
  return {
    folds,
    identity,
    dispose: () => methods.forEach((method) => void method.dispose()),
    async run(fold) {
      if (!(fold in folds)) throw badOption('fold', `0 to ${folds.length - 1}`, fold);
      signal?.throwIfAborted();
      const predictors: Predictor[] = [];
      let trainedIn: number | null = null;
      for (const [index, method] of methods.entries()) {
        const trained = await method.at(fold);
        predictors.push(trained.predictor);
        if (index === 0) trainedIn = trained.trainedIn;
      }
      signal?.throwIfAborted();
      const quantiles = quantilesAsked(options, predictors[0]!);
      const table = await forecastTable(predictors, foldWindows(set, folds[fold]!, horizon, stride), quantiles);
      return foldForecasts(table, { fold, identity, trainedIn });
    },
  };
}

/** What must be the same in all folds of a backtest. */
export function identityOf(set: SeriesSet, options: BacktestOptions, methods: readonly Subject[]): Json {
  const { refit = 1, recalibrate = false, stride = 1 } = options;
  const { testSize, step = testSize, mode = 'expanding', validation = 0, gap = 0, purge = 0, embargo = 0 } = options;
  return {
    data: dataFingerprint(set),
    walk: { ...walkOf(options), step, mode, validation, gap, purge, embargo } as unknown as Json,
    refit: recalibrate ? { refit, recalibrate } : refit,
    stride,
    methods: methods.map((method) => {
      return (isEstimator(method) && method.identity) || method.method;
    }),
  };
}

/** What a trading block asks for must be there, and be seen not to be before anything is trained. */
function checkTradable({ trading }: BacktestOptions, methods: readonly Subject[]): void {
  if (typeof trading !== 'object') return;
  const [{ horizon }] = methods as [Subject];
  const { step = horizon, method = methods[0]!.method } = trading;
  if (step > horizon) throw badOption('trading: step', `1 to ${horizon}, the horizon`, step);
  checkName(
    'trading: method',
    method,
    methods.map((one) => one.method),
  );
}

/** With rolling intervals a subject without quantiles is judged by its points. */
function quantilesAsked(options: BacktestOptions, subject: Predictor): readonly number[] {
  const quantiles = quantilesToJudge(options, subject);
  if (options.rollingConformal && !canTell(subject, quantiles)) return [];
  checkQuantilesTold(subject, quantiles);
  return quantiles;
}
