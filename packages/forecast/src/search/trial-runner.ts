import { type Fold, type SeriesSet, splitByTime, walkForward } from '@nt/data';
import type { Backend, Json, Tensor } from '@nt/tensor';
import type { TrainEvent } from '@nt/trainer';
import { estimatorOf } from '../backtest/estimator-of.ts';
import type { CheckpointsOf } from '../backtest/fit-checkpoints.ts';
import { dataFingerprint } from '../fit/data-fingerprint.ts';
import { Forecaster } from '../forecaster.ts';
import { changedFuture } from '../leakcheck/changed-futures.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { badOption } from '../options/option.ts';
import { isTooShort } from '../recipe/is-too-short.ts';
import { scaledForecasts, scoredWindows, scoreOf } from '../recipe/scored-windows.ts';
import { checkPoints } from './check-points.ts';
import {
  type OptimizeConfig,
  type OptimizeOptions,
  optimizeConfig,
  type TrialJob,
  type TrialResult,
} from './optimize-options.ts';
import { optionsAt } from './options-at.ts';
import type { TestedRates } from './rate-range.ts';
import { drawPoint } from './search-space.ts';
import { type RungJob, rungUpdates } from './successive-halving.ts';
import { testedRates } from './tested-rates.ts';

/** Runs trials of one search. */
export interface TrialRunner {
  readonly config: OptimizeConfig;
  /** Numbers of updates that a trial may have. */
  readonly rungs: readonly number[];
  /** Between which learning rates is searched; null without `learningRateTest`. */
  readonly tested: TestedRates | null;
  /** Trains one trial up to a rung. */
  readonly run: (job: TrialJob) => Promise<TrialResult>;
  /** What a result says of the trial that it is of. @throws ForecastError `forecast/option` for one of another search */
  check(result: TrialResult): void;
  /** The point and the updates of a trial. */
  about(job: RungJob): Pick<TrialResult, 'point' | 'updates'>;
}

/** Hears of the trainings in a trial. */
export interface TrialRunOptions {
  /** Is told what the trainer of a trial tells. */
  readonly onTraining?: ((event: TrainEvent) => void) | undefined;
  /** Where each training of a trial keeps its checkpoints, and goes on from them. Default: nowhere. */
  readonly checkpointsOf?: CheckpointsOf | undefined;
}

/**
 * Runs trials one by one, in any order, in a process of its own or in several: `optimize` takes them from its `runner`.
 * Checks everything and trains nothing yet.
 *
 * @throws as `optimize`
 */
export async function trialRunner<T extends Tensor>(
  factory: ModelFactory,
  backend: Backend<T>,
  set: SeriesSet,
  options: OptimizeOptions,
  { onTraining, checkpointsOf }: TrialRunOptions = {},
): Promise<TrialRunner> {
  const config = optimizeConfig(options);
  const rungs = rungUpdates(config.minUpdates, config.maxUpdates, config.eta);
  const { before, walk } = searchData(set, options, config);
  const { kernelSet } = await backend.describe();
  const begun = { ...options, config, factory, backend, before, walk };
  checkPoints(begun, rungs);
  options.signal?.throwIfAborted();
  // Of the data and options alone: every process comes to the same range.
  const tested = config.learningRateTest ? await testedRates(begun) : null;
  const space = { ...options.space, ...(tested?.range && { learningRate: tested.range }) };
  if (tested) checkPoints({ ...begun, space }, rungs);
  const identity: Json = {
    modelType: factory.modelType,
    engine: kernelSet,
    ...sharedBy(options, config, before),
    ...(tested && { testedRates: { ...tested } }),
  };
  const about = ({ trial, rung }: RungJob) => {
    return { point: drawPoint(space, config.seed, trial), updates: rungs[rung]! };
  };
  return {
    config,
    rungs,
    tested,
    about,
    check: (result) => checkResult(result, { ...about(result), identity }),
    async run({ trial, rung, atOnce }) {
      const start = performance.now();
      const { point, updates } = about({ trial, rung });
      const { forecaster, training } = optionsAt(options, config, point);
      const recipe = new Forecaster(factory, backend, forecaster);
      const estimator = estimatorOf(
        recipe,
        { ...training, maxUpdates: updates },
        { onEvent: onTraining, checkpointsOf },
      );
      const judged = await judgedBy(estimator, { before, walk, config, signal: options.signal });
      const seconds = (performance.now() - start) / 1000 / atOnce;
      return { trial, rung, point, updates, ...judged, seconds, identity };
    },
  };
}

/** All that decides the result of a trial but its point and updates, network and engine. */
const sharedBy = (
  { forecaster, training = {} }: OptimizeOptions,
  { folds, metric, seed }: OptimizeConfig,
  before: SeriesSet,
): Record<string, Json> => {
  const shared = { data: dataFingerprint(before), folds, metric, seed, forecaster, training };
  return shared as unknown as Record<string, Json>;
};

/** Share of the data before the test part that the folds judge by, all together; and as much to stop early by. */
const judgedShare = 0.3;

function searchData(
  set: SeriesSet,
  { test = 0.2, forecaster: { horizon } }: OptimizeOptions,
  { folds }: OptimizeConfig,
): { readonly before: SeriesSet; readonly walk: readonly Fold[] } {
  const { test: kept } = splitByTime(set, { validation: 0, test });
  const before = changedFuture(set, kept.starts, 'cut', 0);
  const longest = before.lengths.reduce((most, length) => Math.max(most, length), 0);
  const testSize = Math.max(horizon, Math.floor((judgedShare * longest) / folds));
  return { before, walk: walkForward(before, { folds, testSize, validation: testSize }) };
}

interface Judging {
  /** Without the test part. */
  readonly before: SeriesSet;
  readonly walk: readonly Fold[];
  readonly config: OptimizeConfig;
  readonly signal: AbortSignal | undefined;
}

/** Trains in every fold and compares with what came. */
async function judgedBy(
  estimator: ReturnType<typeof estimatorOf>,
  { before, walk, config, signal }: Judging,
): Promise<Pick<TrialResult, 'score' | 'scores' | 'problem'>> {
  const scores: number[] = [];
  let problem: string | null = null;
  try {
    for (const split of walk) {
      const predictor = await estimator.fit({ set: before, split, from: null, signal });
      try {
        const scored = scoredWindows(before, split.test, split.train, estimator.horizon);
        scores.push(scoreOf(scored, await scaledForecasts(predictor, scored))[config.metric]);
      } finally {
        predictor.dispose();
      }
    }
  } catch (error) {
    if (!isTooShort(error)) throw error;
    problem = error.message;
  }
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const score = problem === null && Number.isFinite(mean) ? mean : null;
  return { score, scores, problem: problem ?? (score === null ? 'its forecasts are not finite' : null) };
}

function checkResult(result: TrialResult, own: Pick<TrialResult, 'point' | 'updates' | 'identity'>): void {
  const { point, updates, identity } = result;
  if (JSON.stringify({ point, updates, identity }) === JSON.stringify(own)) return;
  throw badOption(
    'finished',
    `results of this search: trial ${result.trial} of it is ${JSON.stringify(own.point)}`,
    point,
  );
}
