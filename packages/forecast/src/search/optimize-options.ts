import type { SplitSize } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { EstimatorOptions } from '../backtest/estimator-of.ts';
import { checkList, checkSignal, checkUsable } from '../check-arguments.ts';
import type { ForecasterOptions } from '../forecaster-options.ts';
import { checkRunner, type JobRunner } from '../jobs/job-runner.ts';
import { checkObject } from '../options/check-keys.ts';
import { flagOption, nameOption } from '../options/choice-options.ts';
import { realNumber, wholeNumber } from '../options/number-options.ts';
import { badOption, type DecidedOptions, decideOptions, type GivenOptions } from '../options/option.ts';
import type { TestedRates } from './rate-range.ts';
import { checkSpace, type SearchPoint, type SearchSpace } from './search-space.ts';
import type { RungJob, RungResult } from './successive-halving.ts';

/** Numbers of a search: every option once. */
export const optimizeOptionTable = {
  /** Points that are tried. */
  trials: wholeNumber({ help: 'points that are tried', min: 1, default: 30 }),
  /** Seconds after which nothing more is begun, those of `finished` counted, of trials that run at the same time together; default none. */
  seconds: realNumber({ help: 'seconds after which nothing more is begun', min: 0, default: null }),
  /** Updates of the trials that get furthest. */
  maxUpdates: wholeNumber({ help: 'updates of the trials that get furthest', min: 1, default: 500 }),
  /** Updates of every trial at least; default a ninth of `maxUpdates`. */
  minUpdates: wholeNumber({
    help: 'updates of every trial at least',
    min: 1,
    default: ({ maxUpdates }) => Math.max(1, Math.floor((maxUpdates as number) / 9)),
    otherwise: 'a ninth of the most',
  }),
  /** One in so many trials goes on to as many times the updates. */
  eta: wholeNumber({ help: 'one in so many trials goes on to as many times the updates', min: 2, default: 3 }),
  /** Folds of the walk through the data before the test part, in each of which a trial is trained and judged. */
  folds: wholeNumber({ help: 'folds in which each trial is trained and judged', min: 1, default: 2 }),
  /** What is minimised, each series in units of its deviation in the training part. */
  metric: nameOption({ help: 'what is minimised', names: ['mae', 'mse'] as const, default: 'mae' }),
  /**
   * Searches the learning rate where a range test finds it worth it (`Forecaster.findLearningRate`, on the training part of
   * the first fold); not at all where the loss of the test never fell. The space then has no `learningRate`. A search that is
   * gone on with tests again, to the same bits; `seconds` does not count it.
   */
  learningRateTest: flagOption({
    help: 'search the learning rate where a range test finds it worth it',
    default: false,
  }),
  /** Of the points that are drawn, and of the networks. */
  seed: wholeNumber({ help: 'of the points that are drawn, and of the networks', min: 0, default: 1 }),
};

type Table = typeof optimizeOptionTable;

/** Every number decided; JSON. */
export type OptimizeConfig = DecidedOptions<Table>;

/** A trial trained with a number of updates and judged: JSON. */
export interface TrialResult extends RungResult {
  readonly point: SearchPoint;
  readonly updates: number;
  /** Of each fold. */
  readonly scores: readonly number[];
  /** Of the search: where several trials ran at the same time, its share of them. */
  readonly seconds: number;
  /** Why it failed: data too short for it. */
  readonly problem: string | null;
  /** Must be the same in all results of a search. */
  readonly identity: Json;
}

/** A trial to be run with the updates of a rung: JSON. Point and updates follow from the options of the search. */
export interface TrialJob extends RungJob {
  /** Trials that run at the same time. */
  readonly atOnce: number;
}

/** What happens in a search. */
export type OptimizeEvent =
  /** With `learningRateTest`, before the first trial. */
  | { readonly type: 'rates-tested'; readonly tested: TestedRates }
  | { readonly type: 'trial-start'; readonly trial: number; readonly updates: number; readonly point: SearchPoint }
  | { readonly type: 'trial-end'; readonly result: TrialResult; readonly isFinished: boolean };

/** How a search goes. */
export interface OptimizeOptions extends GivenOptions<Table> {
  readonly space: SearchSpace;
  /** What all trials share; the space goes before it. */
  readonly forecaster: ForecasterOptions;
  /** How all trials train; the space goes before it. */
  readonly training?: Omit<EstimatorOptions, 'maxUpdates' | 'maxEpochs'> | undefined;
  /** Newest part of each series, which the search never sees: to judge what was found. Default 0.2. */
  readonly test?: SplitSize | undefined;
  /** Results of an earlier, interrupted search: they are not computed again, and the outcome has the same bits. */
  readonly finished?: readonly TrialResult[] | undefined;
  /** Runs the trials elsewhere, several at once: gives what `trialRunner` gave there. Default: here, one after the other. */
  readonly runner?: JobRunner<TrialJob, TrialResult> | undefined;
  /** Ends the search with its reason; results so far came out of `onEvent`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of each trial as it begins and ends. */
  readonly onEvent?: ((event: OptimizeEvent) => void) | undefined;
}

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function optimizeConfig(options: OptimizeOptions): OptimizeConfig {
  const { space, forecaster, training = {}, test, finished, runner, signal, onEvent, ...given } = options;
  const config = decideOptions('optimize', optimizeOptionTable, given);
  if (space === undefined) throw badOption('space', 'options to search', space);
  if (config.learningRateTest && 'learningRate' in (space as object))
    throw badOption(
      'space.learningRate',
      'left out with learningRateTest, which finds its range',
      space['learningRate'],
    );
  // The rate alone may be what is searched.
  checkSpace(config.learningRateTest ? { ...space, learningRate: [1] } : space);
  checkObject('forecaster', forecaster);
  checkObject('training', training);
  checkFinished(finished);
  checkRunner(runner);
  checkSignal(signal);
  checkUsable('onEvent', onEvent, 'a function', []);
  if (config.minUpdates > config.maxUpdates)
    throw badOption('minUpdates', `at most maxUpdates, ${config.maxUpdates}`, config.minUpdates);
  if (forecaster.seed !== undefined) throw badOption('forecaster.seed', 'seed beside it: one for all', forecaster.seed);
  for (const name of ['maxUpdates', 'maxEpochs', 'split', 'validation', 'test']) {
    if (name in training) throw badOption(`training.${name}`, 'left out: the search decides it', '…');
  }
  return config;
}

function checkFinished(finished: unknown): void {
  checkList('finished', finished, 'results');
  for (const one of (finished ?? []) as readonly unknown[]) checkObject('finished', one);
}
