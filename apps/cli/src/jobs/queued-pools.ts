import type { FoldForecasts, TrialJob, TrialResult } from '@nt/forecast';
import type { Backend, Tensor } from '@nt/tensor';
import { type BacktestFile, keepFold } from '../backtest-folder.ts';
import type { OneEngine } from '../engine-names.ts';
import { type JobsSettings, usualAttempts } from '../options/jobs-flags.ts';
import type { JobsProgress } from '../output/jobs-progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { keepTrial, type SearchFile } from '../search-folder.ts';
import { dataReference } from './data-reference.ts';
import { foldName } from './fold-pool.ts';
import type { JobPool } from './job-pool.ts';
import { ntVersion } from './nt-version.ts';
import { withoutPassword } from './queue-address.ts';
import { type QueuePoolOptions, queuePool } from './queue-pool.ts';
import { type QueuedBacktest, type QueuedSearch, queuedJob } from './queued-work.ts';
import { trialName } from './trial-pool.ts';
import { workQueue } from './work-queue.ts';

/** What a pool is given by the command that uses it. */
export interface QueueUse extends Pick<QueuePoolOptions<never, never>, 'signal' | 'begun'> {
  readonly folder: string;
  /** As typed now, which may have a password, else as remembered. */
  readonly address: string;
  readonly settings: JobsSettings;
  readonly backend: Backend<Tensor>;
  readonly terminal: Terminal;
}

/** The folds of a backtest, run by the workers of a queue. @param most folds that can run at the same time */
export async function queuedFolds(
  { run, walk }: BacktestFile,
  use: QueueUse,
  most: number,
  progress: JobsProgress,
): Promise<JobPool<number, FoldForecasts>> {
  const work: QueuedBacktest = { ...(await shared(use, run.data.source)), run, walk };
  return queuePool<number, FoldForecasts>({
    ...(await common(use, most, 'folds')),
    nameOf: foldName,
    queued: (fold) => queuedJob({ type: 'backtest-fold', work, fold }),
    keep: (result) => keepFold(use.folder, result),
    onProgress: (fold, how) => progress.tell(foldName(fold), { fold }, how),
  });
}

/** The trials of a search, run by the workers of a queue. @param most trials that can run at the same time */
export async function queuedTrials(
  { data, model, options }: SearchFile,
  use: QueueUse,
  most: number,
  progress: JobsProgress,
): Promise<JobPool<TrialJob, TrialResult>> {
  const work: QueuedSearch = { ...(await shared(use, data.source)), reading: data.reading, model, options };
  return queuePool<TrialJob, TrialResult>({
    ...(await common(use, most, 'trials')),
    nameOf: trialName,
    queued: ({ trial, rung, atOnce }) => queuedJob({ type: 'search-trial', work, trial: { trial, rung, atOnce } }),
    keep: (result) => keepTrial(use.folder, result),
    onProgress: (job, how) => progress.tell(trialName(job), { trial: job.trial, rung: job.rung }, how),
  });
}

async function shared({ backend }: QueueUse, source: string) {
  const { kernelSet = null } = await backend.describe();
  return { nt: ntVersion, engine: backend.name as OneEngine, kernelSet, data: await dataReference(source) };
}

async function common({ address, settings, signal, begun, terminal }: QueueUse, most: number, what: string) {
  const { jobs = most, attempts = usualAttempts } = settings;
  const queue = await workQueue(address);
  const shown = withoutPassword(address);
  const atOnce = Math.min(jobs, most);
  terminal.line(`${atOnce} ${what} at the same time in the queue ${shown}, for nt worker --queue ${shown}`);
  const onNobody = (): void => terminal.line(`nobody takes the ${what}: start nt worker --queue ${shown}`);
  return { queue, atOnce, attempts, signal, begun, onNobody };
}
