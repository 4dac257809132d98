import { uniformValues } from '@nt/tensor';
import { describe, expect, it } from 'vitest';
import {
  type BacktestEvent,
  type BacktestOptions,
  backtest,
  type Estimator,
  type FoldForecasts,
  foldRunner,
  type JobRunner,
  jobLost,
  naive,
  rulePredictor,
} from '../src/index.ts';
import { halvingOrder } from '../src/search/halving-order.ts';
import { type Halving, nextJob, type RungJob, type RungResult } from '../src/search/successive-halving.ts';
import { noisySeries } from './noisy-series.ts';

const set = noisySeries(200);
const walk: BacktestOptions = { folds: 5, testSize: 14 };

/** Learns where its training part ends, and of a warm start what that one had learnt. */
function learner(fits: number[] = []): Estimator {
  return {
    method: 'learner',
    horizon: 7,
    async fit({ split, from }) {
      const end = split.train.ends[0]!;
      fits.push(end);
      const before = (from as unknown as { readonly learnt: number } | null)?.learnt ?? 0;
      const learnt = end / 100 + before / 2;
      return Object.assign(
        rulePredictor('learner', 7, () => Array(7).fill(learnt)),
        { learnt },
      );
    },
  };
}

/** Processes as they could be: a subject each, results as JSON, and jobs that end in a drawn order. */
function elsewhere(atOnce: number, options: BacktestOptions, seed = 1, fits: number[] = []) {
  const lanes = Array.from({ length: atOnce }, () => foldRunner(learner(fits), set, options));
  const busy = new Set<number>();
  const served: number[][] = lanes.map(() => []);
  let waits = 0;
  const runner: JobRunner<number, FoldForecasts> = {
    atOnce,
    async run(fold, lane) {
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      served[lane]!.push(fold);
      const [share = 0] = uniformValues(1, { seed, counter: waits++ });
      await new Promise((resolve) => setTimeout(resolve, 8 * share));
      const forecasts = await lanes[lane]!.run(fold);
      busy.delete(lane);
      return JSON.parse(JSON.stringify(forecasts));
    },
  };
  return { runner, served };
}

describe('a backtest whose folds run elsewhere', () => {
  it.each([1, 2, 'never', 'warm'] as const)('refit %s: the same report from 1 to 4 lanes', async (refit) => {
    const options = { ...walk, refit };
    const here = await backtest(learner(), set, options);
    for (const atOnce of [1, 2, 3, 4]) {
      const there = elsewhere(atOnce, options, atOnce);
      expect(await backtest(learner(), set, { ...options, runner: there.runner })).toEqual(here);
      const working = there.served.filter((folds) => folds.length > 0).length;
      expect(working).toBe(typeof refit === 'string' ? 1 : Math.min(atOnce, refit === 1 ? 4 : 3));
    }
  });

  it('trains a model that folds share once', async () => {
    const fits: number[] = [];
    const { runner } = elsewhere(2, { ...walk, refit: 2 }, 1, fits);
    await backtest(learner(), set, { ...walk, refit: 2, runner });
    expect(fits.length).toBe(3);
  });

  it('a lost fold fails in the end and by name; the others are finished, and it is run again', async () => {
    const { runner } = elsewhere(2, walk);
    const losing: typeof runner = {
      ...runner,
      run: (fold, lane) =>
        [1, 3].includes(fold) ? Promise.reject(jobLost(`fold ${fold}`, 'killed')) : runner.run(fold, lane),
    };
    const finished: FoldForecasts[] = [];
    const onEvent = (event: BacktestEvent): void => void (event.type === 'fold-end' && finished.push(event.forecasts));
    await expect(backtest(learner(), set, { ...walk, runner: losing, onEvent })).rejects.toMatchObject({
      code: 'forecast/job-lost',
      message: '2 jobs failed (fold 1: killed; fold 3: killed). Run them again.',
    });
    expect(finished.map(({ fold }) => fold).sort()).toEqual([0, 2, 4]);
    const again = elsewhere(2, walk);
    const report = await backtest(learner(), set, { ...walk, runner: again.runner, finished });
    expect(again.served.flat().sort()).toEqual([1, 3]);
    expect(report).toEqual(await backtest(learner(), set, walk));
  });

  it('any other error ends it at once', async () => {
    const begun: number[] = [];
    const failing: JobRunner<number, FoldForecasts> = {
      atOnce: 2,
      run: async (fold) => {
        begun.push(fold);
        throw new Error('no such option');
      },
    };
    await expect(backtest(learner(), set, { ...walk, runner: failing })).rejects.toThrow('no such option');
    expect(begun).toEqual([0, 1]);
  });

  it('a fold of other data is refused', async () => {
    const other = foldRunner(learner(), noisySeries(201), walk);
    const runner = { atOnce: 1, run: other.run };
    await expect(backtest(learner(), set, { ...walk, runner })).rejects.toThrow(/another backtest: data differ/);
  });

  it.each([
    [{ atOnce: 0, run: async () => {} }, /runner: atOnce: expected an integer >= 1, got 0/],
    [{ atOnce: 1.5, run: async () => {} }, /atOnce/],
    [{ atOnce: 2 }, /runner: expected a runner of jobs/],
  ])('runner %j is refused', async (runner, message) => {
    await expect(backtest(naive(7), set, { ...walk, runner: runner as never })).rejects.toThrow(message);
  });
});

describe('the order of a search by several workers', () => {
  const key = ({ trial, rung }: RungJob): string => `${trial} ${rung}`;
  const scoreAt =
    (seed: number) =>
    ({ trial, rung }: RungJob): number | null => {
      const [value = 0] = uniformValues(1, { seed, counter: 100 * trial + rung });
      return value < 0.1 ? null : value;
    };

  function alone(halving: Halving, seed: number): RungResult[] {
    const results: RungResult[] = [];
    for (let job = nextJob(results, halving); job; job = nextJob(results, halving))
      results.push({ ...job, score: scoreAt(seed)(job) });
    return results;
  }

  /** Jobs end in a drawn order. */
  function together(halving: Halving, seed: number, workers: number) {
    const state = new Map<string, RungResult | 'begun'>();
    const order = halvingOrder((job) => state.get(key(job)), halving);
    const running: RungJob[] = [];
    let [most, ends] = [0, 0];
    for (;;) {
      for (let job = order.next(); job && running.length < workers; job = order.next()) {
        state.set(key(job), 'begun');
        running.push(job);
      }
      most = Math.max(most, running.length);
      if (running.length === 0) return { order, state, most };
      const [share = 0] = uniformValues(1, { seed: seed + 7000, counter: ends++ });
      const [job] = running.splice(Math.floor(share * running.length), 1);
      state.set(key(job!), { ...job!, score: scoreAt(seed)(job!) });
    }
  }

  it('whatever ends first: the same jobs as one alone, joined in its order', () => {
    for (let seed = 0; seed < 200; seed++) {
      const halving = { rungs: 1 + (seed % 4), eta: 2 + (seed % 3), trials: 1 + (seed % 23) };
      const sequence = alone(halving, seed);
      for (const workers of [1, 2, 3, 5]) {
        const { order, state, most } = together(halving, seed, workers);
        expect(order.joined).toEqual(sequence);
        expect([order.isEnd, state.size]).toEqual([true, sequence.length]);
        // New trials always can begin.
        expect(most).toBeGreaterThanOrEqual(Math.min(workers, halving.trials));
      }
    }
  });
});
