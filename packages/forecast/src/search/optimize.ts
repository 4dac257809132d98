import { type Fold, type SeriesSet, splitByTime, walkForward } from '@nt/data';
import type { Backend, Json, Tensor } from '@nt/tensor';
import { estimatorOf } from '../backtest/estimator-of.ts';
import { dataFingerprint } from '../fit/data-fingerprint.ts';
import { Forecaster } from '../forecaster.ts';
import { changedFuture } from '../leakcheck/changed-futures.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { badOption } from '../options/option.ts';
import { isTooShort } from '../recipe/is-too-short.ts';
import { scaledForecasts, scoredWindows, scoreOf } from '../recipe/scored-windows.ts';
import { checkPoints } from './check-points.ts';
import { type OptimizeConfig, type OptimizeOptions, optimizeConfig, type TrialResult } from './optimize-options.ts';
import { type OptionsAtPoint, optionsAt } from './options-at.ts';
import type { TestedRates } from './rate-range.ts';
import { drawPoint, type SearchPoint } from './search-space.ts';
import { nextJob, type RungJob, rungUpdates } from './successive-halving.ts';
import { testedRates } from './tested-rates.ts';

/** What a search found: JSON. */
export interface Optimization {
  readonly config: OptimizeConfig;
  /** Points that were tried: tell it to whoever judges what came out (`trading: { trials }`). */
  readonly trials: number;
  /** The furthest result of each trial: those with more updates first, then the best. */
  readonly leaderboard: readonly TrialResult[];
  /** Options of the best, to plan and fit with; null where every trial failed. */
  readonly best: OptionsAtPoint | null;
  /** Between which learning rates was searched; null without `learningRateTest`. */
  readonly testedRates: TestedRates | null;
  readonly seconds: number;
  /** Whether time ended it. */
  readonly timedOut: boolean;
}

/**
 * Searches options of a network and its training: random points of a declared space, judged on walk-forward folds of the
 * data before the test part, the better ones with more and more updates (successive halving). Each number of updates
 * trains anew: in the middle of a schedule a network says little of how it will end.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`; DataError `data/too-short`; the reason of `signal`
 * Source: Li et al. 2020 (ASHA); Bergstra & Bengio 2012 (random search).
 */
export async function optimize<T extends Tensor>(
  factory: ModelFactory,
  backend: Backend<T>,
  set: SeriesSet,
  options: OptimizeOptions,
): Promise<Optimization> {
  const config = optimizeConfig(options);
  const { seconds, eta, trials, seed } = config;
  const { signal, onEvent, finished = [] } = options;
  const rungs = rungUpdates(config.minUpdates, config.maxUpdates, eta);
  const data = searchData(set, options, config);
  const { kernelSet } = await backend.describe();
  const begun = { ...options, config, factory, backend, ...data };
  checkPoints(begun, rungs);
  signal?.throwIfAborted();
  const tested = config.learningRateTest ? await testedRates(begun) : null;
  const space = { ...options.space, ...(tested?.range && { learningRate: tested.range }) };
  if (tested) {
    checkPoints({ ...begun, space }, rungs);
    onEvent?.({ type: 'rates-tested', tested });
  }
  const identity: Json = {
    modelType: factory.modelType,
    engine: kernelSet,
    ...sharedBy(options, config, data.before),
    ...(tested && { testedRates: { ...tested } }),
  };
  const search = { ...begun, space, identity };
  const results: TrialResult[] = [];
  const spent = (): number => results.reduce((sum, one) => sum + one.seconds, 0);
  for (;;) {
    const job = nextJob(results, { rungs: rungs.length, eta, trials });
    const isLate = seconds !== null && spent() >= seconds;
    if (job === null || isLate) return outcome(config, { ...options, tested }, results, job !== null);
    signal?.throwIfAborted();
    const [point, updates] = [drawPoint(space, seed, job.trial), rungs[job.rung]!];
    const done = finished.find(({ trial, rung }) => trial === job.trial && rung === job.rung);
    if (done) checkFinished(done, { point, updates, identity: search.identity });
    else onEvent?.({ type: 'trial-start', trial: job.trial, updates, point });
    const result = done ?? (await tried(search, job, point, updates));
    results.push(result);
    onEvent?.({ type: 'trial-end', result, isFinished: done !== undefined });
  }
}

interface Search<T extends Tensor> extends OptimizeOptions {
  readonly config: OptimizeConfig;
  readonly factory: ModelFactory;
  readonly backend: Backend<T>;
  /** Without the test part. */
  readonly before: SeriesSet;
  readonly walk: readonly Fold[];
  readonly identity: Json;
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
const judged = 0.3;

function searchData(
  set: SeriesSet,
  { test = 0.2, forecaster: { horizon } }: OptimizeOptions,
  { folds }: OptimizeConfig,
): { readonly before: SeriesSet; readonly walk: readonly Fold[] } {
  const { test: kept } = splitByTime(set, { validation: 0, test });
  const before = changedFuture(set, kept.starts, 'cut', 0);
  const longest = before.lengths.reduce((most, length) => Math.max(most, length), 0);
  const testSize = Math.max(horizon, Math.floor((judged * longest) / folds));
  return { before, walk: walkForward(before, { folds, testSize, validation: testSize }) };
}

async function tried<T extends Tensor>(
  { config, factory, backend, before, walk, signal, identity, ...options }: Search<T>,
  { trial, rung }: RungJob,
  point: SearchPoint,
  updates: number,
): Promise<TrialResult> {
  const start = performance.now();
  const scores: number[] = [];
  let problem: string | null = null;
  try {
    const { forecaster, training } = optionsAt(options, config, point);
    const estimator = estimatorOf(new Forecaster(factory, backend, forecaster), { ...training, maxUpdates: updates });
    for (const split of walk) {
      const predictor = await estimator.fit({ set: before, split, from: null, signal });
      try {
        const scored = scoredWindows(before, split.test, split.train, forecaster.horizon);
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
  const why = problem ?? (score === null ? 'its forecasts are not finite' : null);
  const seconds = (performance.now() - start) / 1000;
  return { trial, rung, score, point, updates, scores, seconds, problem: why, identity };
}

function outcome(
  config: OptimizeConfig,
  options: OptimizeOptions & { readonly tested: TestedRates | null },
  results: readonly TrialResult[],
  timedOut: boolean,
): Optimization {
  const furthest = new Map<number, TrialResult>();
  for (const one of results) if ((furthest.get(one.trial)?.rung ?? -1) < one.rung) furthest.set(one.trial, one);
  const leaderboard = [...furthest.values()].sort(
    (a, b) => b.rung - a.rung || (a.score ?? Infinity) - (b.score ?? Infinity) || a.trial - b.trial,
  );
  const first = leaderboard.find(({ score }) => score !== null);
  return {
    config,
    trials: furthest.size,
    leaderboard,
    best: first ? optionsAt(options, config, first.point) : null,
    testedRates: options.tested,
    seconds: results.reduce((sum, one) => sum + one.seconds, 0),
    timedOut,
  };
}

function checkFinished(done: TrialResult, own: Pick<TrialResult, 'point' | 'updates' | 'identity'>): void {
  const { point, updates, identity } = done;
  if (JSON.stringify({ point, updates, identity }) === JSON.stringify(own)) return;
  throw badOption(
    'finished',
    `results of this search: trial ${done.trial} of it is ${JSON.stringify(own.point)}`,
    point,
  );
}
