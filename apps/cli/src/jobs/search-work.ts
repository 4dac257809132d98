import { modelFactories, type TrialJob, type TrialResult, trialRunner } from '@nt/forecast';
import { createEngine } from '../create-engine.ts';
import type { OneEngine } from '../engine-names.ts';
import { readData } from '../options/data-options.ts';
import { keepTrial, readSearch, type SearchFile } from '../search-folder.ts';
import type { WorkUse } from './backtest-work.ts';
import { checkKernelSet } from './check-kernel-set.ts';
import { orFreed } from './or-freed.ts';
import type { OpenWork } from './serve-jobs.ts';
import { trainingProgressOf } from './training-progress-of.ts';

/** Trials of one search. */
export interface OpenSearch {
  run(trial: TrialJob): Promise<TrialResult>;
  dispose(): Promise<void>;
}

/** Opens a search: data, engine. @throws UsageError for other kernels than were asked for */
export async function openSearch(
  { data, model, options }: Pick<SearchFile, 'data' | 'model' | 'options'>,
  { engine, kernelSet, signal, tell, checkpointsOf }: WorkUse,
): Promise<OpenSearch> {
  const set = await readData(data.source, data.reading);
  const backend = await createEngine(engine, options.training?.precision ?? 'float32');
  return orFreed(backend, async () => {
    await checkKernelSet(backend, kernelSet);
    const onTraining = trainingProgressOf(tell);
    const hears = { onTraining, checkpointsOf };
    const runner = await trialRunner(modelFactories[model], backend, set, { ...options, signal }, hears);
    return { run: runner.run, dispose: () => backend.dispose() };
  });
}

/** The trials of the search in a folder, one by one. */
export const searchWork =
  (folder: string, engine: OneEngine): OpenWork =>
  async (signal, tell) => {
    const { job } = await readSearch(folder);
    const { run, dispose } = await openSearch(job, { engine, signal, tell });
    return { run: async (trial) => keepTrial(folder, await run(trial as TrialJob)), dispose };
  };
