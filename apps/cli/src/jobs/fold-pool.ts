import type { BacktestOptions, FoldForecasts } from '@nt/forecast';
import { readFold } from '../backtest-folder.ts';
import type { JobsSettings } from '../options/jobs-flags.ts';
import type { JobsProgress } from '../output/jobs-progress.ts';
import { UsageError } from '../usage-error.ts';
import { type JobPool, type JobPoolOptions, jobPool } from './job-pool.ts';

/** What a pool is given by the command that uses it. */
export type PoolUse = Pick<
  JobPoolOptions<never, never>,
  'folder' | 'atOnce' | 'threads' | 'engine' | 'signal' | 'begun'
>;

/** The folds of a backtest in processes of their own. */
export const foldPool = (use: PoolUse, progress: JobsProgress): JobPool<number, FoldForecasts> =>
  jobPool<number, FoldForecasts>({
    ...use,
    kind: 'backtest',
    nameOf: foldName,
    read: (fold) => readFold(use.folder, fold),
    onProgress: (fold, how) => progress.tell(foldName(fold), { fold }, how),
  });

/** For people, who count from 1. */
export const foldName = (fold: number): string => `fold ${fold + 1}`;

/** Folds that can run at the same time: those that share a model go one after the other. */
export const foldsAtOnce = ({ folds, refit = 1 }: BacktestOptions): number =>
  typeof refit === 'number' ? Math.ceil(folds / refit) : 1;

/** @throws UsageError where each fold goes on from the one before */
export function checkRefit(
  { jobs = 1, queue }: JobsSettings,
  { refit }: Pick<Partial<BacktestOptions>, 'refit'>,
): void {
  if ((jobs === 1 && queue === undefined) || typeof refit !== 'string') return;
  throw new UsageError(
    `${queue === undefined ? `--jobs ${jobs}` : '--queue'}: with --refit ${refit} every fold needs the model of an earlier one, so that they go one after the other. Leave one of both out.`,
  );
}
