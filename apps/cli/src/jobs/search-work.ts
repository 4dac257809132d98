import { modelFactories, type TrialJob, trialRunner } from '@nt/forecast';
import { createEngine } from '../create-engine.ts';
import type { OneEngine } from '../engine-names.ts';
import { readData } from '../options/data-options.ts';
import { keepTrial, readSearch } from '../search-folder.ts';
import type { OpenWork } from './serve-jobs.ts';
import { trainingProgressOf } from './training-progress-of.ts';

/** The trials of the search in a folder, one by one. */
export const searchWork =
  (folder: string, engine: OneEngine): OpenWork =>
  async (signal, tell) => {
    const { job } = await readSearch(folder);
    const { data, model, options } = job;
    const set = await readData(data.source, data.reading);
    const backend = await createEngine(engine, options.training?.precision ?? 'float32');
    const onTraining = trainingProgressOf(tell);
    const runner = await trialRunner(modelFactories[model], backend, set, { ...options, signal }, { onTraining });
    return {
      run: async (trial) => keepTrial(folder, await runner.run(trial as TrialJob)),
      dispose: () => backend.dispose(),
    };
  };
