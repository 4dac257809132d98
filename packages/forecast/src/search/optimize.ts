import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { runInLanes } from '../jobs/run-in-lanes.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { halvingOrder } from './halving-order.ts';
import type { OptimizeConfig, OptimizeOptions, TrialResult } from './optimize-options.ts';
import { type OptionsAtPoint, optionsAt } from './options-at.ts';
import type { TestedRates } from './rate-range.ts';
import type { RungJob } from './successive-halving.ts';
import { trialRunner } from './trial-runner.ts';

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
 * Trials come out one by one (`onEvent`), can be given back (`finished`), and can be run elsewhere, several at once
 * (`runner`, `trialRunner`): the same trials get the same updates and scores, as what is begun early is only what one worker
 * alone would come to as well.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/job-lost` when nothing more can be done
 *   without the lost result; DataError `data/too-short`; the reason of `signal`
 * Source: Li et al. 2020 (ASHA); Bergstra & Bengio 2012 (random search).
 */
export async function optimize<T extends Tensor>(
  factory: ModelFactory,
  backend: Backend<T>,
  set: SeriesSet,
  options: OptimizeOptions,
): Promise<Optimization> {
  const here = await trialRunner(factory, backend, set, options);
  const { config, rungs } = here;
  const { signal, onEvent, finished = [], runner = { atOnce: 1, run: here.run } } = options;
  if (here.tested) onEvent?.({ type: 'rates-tested', tested: here.tested });
  const state = new Map<string, TrialResult | 'begun'>();
  for (const result of finished.filter(({ trial }) => trial < config.trials)) {
    here.check(result);
    state.set(keyOf(result), result);
    onEvent?.({ type: 'trial-end', result, isFinished: true });
  }
  const atHand = (): TrialResult[] => [...state.values()].filter((one) => one !== 'begun').sort(byJob);
  const isLate = (): boolean => config.seconds !== null && secondsOf(atHand()) >= config.seconds;
  const order = halvingOrder((job) => state.get(keyOf(job)), { ...config, rungs: rungs.length });
  await runInLanes<RungJob>({
    atOnce: runner.atOnce,
    next: () => {
      const job = order.next();
      return isLate() ? null : job;
    },
    async run(job, lane) {
      signal?.throwIfAborted();
      state.set(keyOf(job), 'begun');
      onEvent?.({ type: 'trial-start', trial: job.trial, ...here.about(job) });
      const result = await runner.run({ ...job, atOnce: runner.atOnce }, lane);
      here.check(result);
      state.set(keyOf(job), result);
      onEvent?.({ type: 'trial-end', result, isFinished: false });
    },
  });
  // When time is up everything counts that has a result, whoever worked ahead.
  return outcome(config, { ...options, tested: here.tested }, order.isEnd ? order.joined : atHand(), !order.isEnd);
}

const keyOf = ({ trial, rung }: RungJob): string => `${trial}-${rung}`;
const byJob = (a: RungJob, b: RungJob): number => a.trial - b.trial || a.rung - b.rung;
const secondsOf = (results: readonly TrialResult[]): number => results.reduce((sum, one) => sum + one.seconds, 0);

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
    seconds: secondsOf(results),
    timedOut,
  };
}
