import { foldRunner } from '@nt/forecast';
import { backtestEstimator } from '../backtest-estimator.ts';
import { keepFold, readBacktest } from '../backtest-folder.ts';
import { createEngine } from '../create-engine.ts';
import type { OneEngine } from '../engine-names.ts';
import { readData } from '../options/data-options.ts';
import type { OpenWork } from './serve-jobs.ts';
import { trainingProgressOf } from './training-progress-of.ts';

/** The folds of the backtest in a folder, one by one. */
export const backtestWork =
  (folder: string, engine: OneEngine): OpenWork =>
  async (signal, tell) => {
    const { job } = await readBacktest(folder);
    const { run, walk } = job;
    const set = await readData(run.data.source, run.data.reading);
    const precision = 'recipe' in run ? undefined : run.plan.precision;
    const backend = await createEngine(engine, precision ?? 'float32');
    const runner = foldRunner(backtestEstimator(run, backend, trainingProgressOf(tell)), set, { ...walk, signal });
    return {
      run: async (fold) => keepFold(folder, await runner.run(fold as number)),
      async dispose() {
        runner.dispose();
        await backend.dispose();
      },
    };
  };
