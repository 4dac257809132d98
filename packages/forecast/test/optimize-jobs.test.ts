import { createCpuBackend } from '@nt/backend-cpu';
import { type Backend, type Tensor, uniformValues } from '@nt/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type JobRunner,
  jobLost,
  modelFactories,
  type Optimization,
  type OptimizeEvent,
  type OptimizeOptions,
  optimize,
  type TrialJob,
  type TrialResult,
  trialRunner,
} from '../src/index.ts';
import { seasonalSeries } from './made-walks.ts';
import { withoutTimes } from './quick-blend.ts';

let backend: Backend<Tensor>;
let alone: Optimization;
const results: TrialResult[] = [];
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
  alone = await search({ onEvent: keepIn(results) });
});
afterAll(() => backend.dispose());

const set = seasonalSeries(1, 200);
const options: OptimizeOptions = {
  space: { inputSize: [7, 14], learningRate: { min: 1e-4, max: 1e-1, scale: 'log' } },
  forecaster: {
    horizon: 2,
    model: { variant: 'paper', hiddenSize: 4, nBlocks: [1], nPoolKernelSize: [1], nFreqDownsample: [1] },
  },
  training: { batchSize: 32 },
  trials: 7,
  folds: 1,
  minUpdates: 1,
  maxUpdates: 8,
  eta: 2,
};
const search = (change: Partial<OptimizeOptions> = {}): Promise<Optimization> =>
  optimize(modelFactories.nhits, backend, set, { ...options, ...change });

const keepIn =
  (list: TrialResult[]) =>
  (event: OptimizeEvent): void =>
    void (event.type === 'trial-end' && !event.isFinished && list.push(event.result));

/** Processes as they could be: results as JSON, and jobs that end in a drawn order. Here one computes at a time. */
async function elsewhere(atOnce: number, seed = 1): Promise<JobRunner<TrialJob, TrialResult> & { most: number }> {
  const served = await trialRunner(modelFactories.nhits, backend, set, options);
  let computing: Promise<unknown> = Promise.resolve();
  let [waits, now] = [0, 0];
  const runner = {
    atOnce,
    most: 0,
    async run(job: TrialJob) {
      now += 1;
      runner.most = Math.max(runner.most, now);
      const done = computing.then(() => served.run(job));
      computing = done;
      const result = JSON.parse(JSON.stringify(await done));
      const [share = 0] = uniformValues(1, { seed, counter: waits++ });
      await new Promise((resolve) => setTimeout(resolve, 60 * share));
      now -= 1;
      return result;
    },
  };
  return runner;
}

it.each([1, 2, 3])('%i trials at once: the leaderboard of one alone, to the bits', async (atOnce) => {
  const runner = await elsewhere(atOnce, atOnce);
  const tried: TrialResult[] = [];
  const found = await search({ runner, onEvent: keepIn(tried) });
  expect(withoutTimes(found)).toEqual(withoutTimes(alone));
  const byJob = (list: readonly TrialResult[]): unknown =>
    withoutTimes([...list].sort((a, b) => a.trial - b.trial || a.rung - b.rung));
  expect(byJob(tried)).toEqual(byJob(results));
  expect(runner.most).toBe(atOnce);
});

it('a search that one began several go on with, and the other way round', async () => {
  for (const first of [1, 3]) {
    const stop = new AbortController();
    const before: TrialResult[] = [];
    const onEvent = (event: OptimizeEvent): void => {
      keepIn(before)(event);
      if (before.length === 4) stop.abort(new Error('enough'));
    };
    const stopped = search({ runner: await elsewhere(first), signal: stop.signal, onEvent });
    await expect(stopped).rejects.toThrow('enough');
    const found = await search({ runner: await elsewhere(4 - first), finished: before });
    expect(withoutTimes(found)).toEqual(withoutTimes(alone));
  }
});

it('a lost trial fails when nothing can be done without it, and is run again', async () => {
  const runner = await elsewhere(2);
  const losing = {
    ...runner,
    run: (job: TrialJob, lane: number) =>
      job.trial === 1 ? Promise.reject(jobLost('trial 1', 'killed')) : runner.run(job, lane),
  };
  const before: TrialResult[] = [];
  const lost = search({ runner: losing as typeof runner, onEvent: keepIn(before) });
  await expect(lost).rejects.toMatchObject({
    code: 'forecast/job-lost',
    message: 'trial 1 failed: killed. Run it again.',
  });
  // Every other trial has begun; who goes on is not known without it.
  expect(before.map(({ trial }) => trial).sort()).toEqual([0, 2, 3, 4, 5, 6]);
  expect(withoutTimes(await search({ finished: before }))).toEqual(withoutTimes(alone));
});

it('seconds are those of the search: of trials at once each has its share; when time is up all results count', async () => {
  const served = await trialRunner(modelFactories.nhits, backend, set, options);
  const seconds: number[] = [];
  for (const atOnce of [1, 1000]) seconds.push((await served.run({ trial: 0, rung: 3, atOnce })).seconds);
  expect(seconds[1]!).toBeLessThan(seconds[0]! / 20);
  const slow = { ...(await elsewhere(3)) };
  const timed = { ...slow, run: async (job: TrialJob) => ({ ...(await served.run(job)), seconds: 1 }) };
  const kept: TrialResult[] = [];
  const late = await search({ runner: timed, seconds: 4, onEvent: keepIn(kept) });
  expect([late.timedOut, late.seconds >= 4, late.seconds]).toEqual([true, true, kept.length]);
  const again = await search({ finished: kept, seconds: 4 });
  expect(withoutTimes(again)).toEqual(withoutTimes(late));
});

it('results of another search are refused, wherever they come from', async () => {
  const other = await trialRunner(modelFactories.nhits, backend, set, { ...options, seed: 2 });
  await expect(search({ runner: { atOnce: 1, run: other.run } })).rejects.toThrow(/results of this search/);
});
