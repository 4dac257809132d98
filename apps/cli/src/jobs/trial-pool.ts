import type { TrialJob, TrialResult } from '@nt/forecast';
import type { JobsProgress } from '../output/jobs-progress.ts';
import { readTrial } from '../search-folder.ts';
import type { PoolUse } from './fold-pool.ts';
import { type JobPool, jobPool } from './job-pool.ts';

/** The trials of a search in processes of their own. */
export const trialPool = (use: PoolUse, progress: JobsProgress): JobPool<TrialJob, TrialResult> =>
  jobPool<TrialJob, TrialResult>({
    ...use,
    kind: 'optimize',
    nameOf: trialName,
    read: (job) => readTrial(use.folder, job),
    onProgress: (job, how) => progress.tell(trialName(job), { trial: job.trial, rung: job.rung }, how),
  });

/** For people; a trial comes again in each rung that it reaches. */
export const trialName = ({ trial, rung }: Pick<TrialResult, 'trial' | 'rung'>): string =>
  rung === 0 ? `trial ${trial}` : `trial ${trial} (rung ${rung})`;
