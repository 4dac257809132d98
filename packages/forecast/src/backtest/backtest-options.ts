import { type Fold, type SeriesSet, type WalkForwardOptions, walkForward, walkForwardKeys } from '@nt/data';
import { checkInteger, checkList, checkSignal, checkUsable } from '../check-arguments.ts';
import { checkEvaluateOptions, type EvaluateOptions } from '../evaluate/evaluate-options.ts';
import { checkRunner, type JobRunner } from '../jobs/job-runner.ts';
import { badOption } from '../options/option.ts';
import type { Subject } from './estimator.ts';
import type { BacktestEvent, FoldForecasts } from './fold-forecasts.ts';
import type { ModelStore, RefitPolicy } from './refitting.ts';
import { checkRollingOptions, type RollingOptions } from './rolling-intervals.ts';

/** What decides the forecasts of a backtest, and how they are judged. */
export interface BacktestOptions extends Omit<WalkForwardOptions, 'strict'>, EvaluateOptions {
  /** Time steps between forecasts in a test part; default 1. */
  readonly stride?: number | undefined;
  /** Default 1: trained anew in every fold. */
  readonly refit?: RefitPolicy | undefined;
  /**
   * In folds in which it is not trained anew (`refit`), an estimator recalibrates what it trained: a blend solves its ridges,
   * weights and intervals with what has happened since. Default false; an error with estimators that cannot.
   */
  readonly recalibrate?: boolean | undefined;
  /** What the subject is compared with; default the naive forecasts. Estimators among them are refitted like the subject. */
  readonly rivals?: readonly Subject[] | undefined;
  /** Adds adaptive conformal intervals at `levels` (default 80 and 95 %) around the subject's point forecasts. */
  readonly rollingConformal?: boolean | RollingOptions | undefined;
}

/** What belongs to one run of a backtest. */
export interface BacktestRunOptions {
  /** Folds that were run before, by the same options; they are not run again. */
  readonly finished?: readonly FoldForecasts[] | undefined;
  /** Where trained models are kept, so that a later fold run alone need not train the earlier ones again. */
  readonly models?: ModelStore | undefined;
  /**
   * Runs the folds elsewhere, several at once: it is told the number of a fold and gives what `foldRunner` or `backtestFold`
   * gave there. Folds that need each other's models go one after the other in one lane: all of them with `refit` 'never' and
   * 'warm'. Default: here, one after the other.
   */
  readonly runner?: JobRunner<number, FoldForecasts> | undefined;
  /** Ends the backtest with its reason; finished folds have been handed to `onEvent`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of each fold as it begins and ends. */
  readonly onEvent?: ((event: BacktestEvent) => void) | undefined;
}

const own = ['stride', 'refit', 'recalibrate', 'rivals', 'rollingConformal'] as const;
const ofRun = ['finished', 'models', 'runner', 'signal', 'onEvent'] as const;
const ofWalk = walkForwardKeys.filter((key) => key !== 'strict');

/** @throws ForecastError `forecast/option`, `forecast/unknown-option`; DataError for the folds */
export function checkBacktestOptions(options: BacktestOptions & BacktestRunOptions): void {
  checkEvaluateOptions(options, [...ofWalk, ...own, ...ofRun], 'backtest');
  const {
    refit = 1,
    recalibrate = false,
    stride = 1,
    rivals,
    rollingConformal = false,
    finished,
    models,
    runner,
    signal,
    onEvent,
  } = options;
  checkList('rivals', rivals, 'predictors and estimators');
  checkList('finished', finished, 'folds');
  checkUsable('models', models, 'a store of models, with load and save', ['load', 'save']);
  checkRunner(runner);
  checkSignal(signal);
  checkUsable('onEvent', onEvent, 'a function', []);
  if (typeof rollingConformal !== 'boolean') checkRollingOptions(rollingConformal);
  checkInteger('stride', stride, 1);
  if (typeof recalibrate !== 'boolean') throw badOption('recalibrate', 'true or false', recalibrate);
  if (refit !== 'never' && refit !== 'warm' && !(Number.isSafeInteger(refit) && refit >= 1))
    throw badOption('refit', "'never', 'warm' or a number of folds >= 1", refit);
}

/** The folds of a backtest. */
export function foldsOf(set: SeriesSet, horizon: number, options: BacktestOptions): readonly Fold[] {
  const { testSize, step = testSize } = options;
  checkInteger('testSize', testSize, horizon);
  if (step <= testSize - horizon) {
    const expected = `more than testSize − horizon = ${testSize - horizon}, so that no window is forecast in two folds`;
    throw badOption('step', expected, step);
  }
  return walkForward(set, walkOf(options));
}

/** The options of the walk alone. */
export function walkOf(options: BacktestOptions): WalkForwardOptions {
  const given = Object.entries(options).filter(([key, value]) => ofWalk.includes(key as never) && value !== undefined);
  return Object.fromEntries(given) as unknown as WalkForwardOptions;
}
