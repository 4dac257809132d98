import { type BacktestOptions, type CheckpointsOf, type FoldForecasts, foldRunner, type RunSpec } from '@nt/forecast';
import { backtestEstimator } from '../backtest-estimator.ts';
import { keepFold, readBacktest } from '../backtest-folder.ts';
import { createEngine } from '../create-engine.ts';
import type { OneEngine } from '../engine-names.ts';
import { readData } from '../options/data-options.ts';
import { checkKernelSet } from './check-kernel-set.ts';
import type { JobProgress } from './job-messages.ts';
import { orFreed } from './or-freed.ts';
import type { OpenWork } from './serve-jobs.ts';
import { trainingProgressOf } from './training-progress-of.ts';

/** Folds of one backtest. */
export interface OpenBacktest {
  run(fold: number): Promise<FoldForecasts>;
  dispose(): Promise<void>;
}

/** Who asks for folds, and what with. */
export interface WorkUse {
  readonly engine: OneEngine;
  /** Kernels that compute the bits that are asked for; default: those that are there. */
  readonly kernelSet?: string | undefined;
  readonly signal: AbortSignal;
  readonly tell: (progress: JobProgress) => void;
  /** Where trainings keep their checkpoints; default nowhere. */
  readonly checkpointsOf?: CheckpointsOf | undefined;
}

/** Opens a backtest: data, engine. @throws UsageError for other kernels than were asked for */
export async function openBacktest(
  { run, walk }: { readonly run: RunSpec; readonly walk: BacktestOptions },
  { engine, kernelSet, signal, tell, checkpointsOf }: WorkUse,
): Promise<OpenBacktest> {
  const set = await readData(run.data.source, run.data.reading);
  const precision = 'recipe' in run ? undefined : run.plan.precision;
  const backend = await createEngine(engine, precision ?? 'float32');
  return orFreed(backend, async () => {
    await checkKernelSet(backend, kernelSet);
    const estimator = backtestEstimator(run, backend, trainingProgressOf(tell), checkpointsOf);
    const runner = foldRunner(estimator, set, { ...walk, signal });
    return {
      run: runner.run,
      async dispose() {
        runner.dispose();
        await backend.dispose();
      },
    };
  });
}

/** The folds of the backtest in a folder, one by one. */
export const backtestWork =
  (folder: string, engine: OneEngine): OpenWork =>
  async (signal, tell) => {
    const { job } = await readBacktest(folder);
    const { run, dispose } = await openBacktest(job, { engine, signal, tell });
    return { run: async (fold) => keepFold(folder, await run(fold as number)), dispose };
  };
