import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BacktestOptions, FoldForecasts, RunSpec } from '@nt/forecast';
import { readRunSpec } from '@nt/forecast';
import { shellText } from './options/shell-text.ts';
import { removeFolder, writeFileSafely } from './output-files.ts';
import { readJsonFile } from './read-json-file.ts';
import type { CommandSettings } from './run-file.ts';
import { UsageError } from './usage-error.ts';

/** `backtest.json`: a run of `nt backtest`, to be gone on with. */
export interface BacktestFile {
  readonly format: 'nt-backtest';
  readonly version: 1;
  readonly run: RunSpec;
  readonly walk: BacktestOptions;
  readonly command: CommandSettings;
}

const jobIn = (folder: string): string => join(folder, 'backtest.json');
const foldsIn = (folder: string): string => join(folder, 'folds');
const resultsIn = (folder: string): readonly string[] =>
  ['report.json', 'forecasts.csv'].map((name) => join(folder, name));

/** Whether a folder holds a backtest, finished or not. */
export const holdsBacktest = (folder: string): boolean => existsSync(jobIn(folder));

/** Looks whether a backtest may be begun in a folder. @throws UsageError when it holds one that may not be replaced */
export function checkFree(folder: string, overwrite: boolean): void {
  if (!holdsBacktest(folder) || overwrite) return;
  throw new UsageError(
    `'${folder}' holds a backtest. Go on with it by nt resume ${shellText(folder)}, choose another folder with -o, or give --overwrite to replace it.`,
  );
}

/** Begins a backtest in a folder: what was there of another is removed. */
export async function beginBacktest(folder: string, job: BacktestFile): Promise<void> {
  for (const result of resultsIn(folder)) await rm(result, { force: true });
  await removeFolder(foldsIn(folder));
  await mkdir(foldsIn(folder), { recursive: true });
  await writeFileSafely(jobIn(folder), `${JSON.stringify(job, undefined, 2)}\n`);
}

/** Keeps a finished fold. */
export const keepFold = (folder: string, fold: FoldForecasts): Promise<void> =>
  writeFileSafely(join(foldsIn(folder), `${fold.fold}.json`), JSON.stringify(fold));

/** The backtest of a folder and the folds that were finished. @throws UsageError when there is none */
export async function readBacktest(
  folder: string,
): Promise<{ readonly job: BacktestFile; readonly finished: readonly FoldForecasts[] }> {
  const job = (await readJsonFile(jobIn(folder))) as BacktestFile | undefined;
  if (job?.format !== 'nt-backtest' || job.version !== 1)
    throw new UsageError(`--resume: '${folder}' holds no run of nt backtest (no readable backtest.json).`);
  const names = await readdir(foldsIn(folder)).catch(() => []);
  const finished: FoldForecasts[] = [];
  for (const name of names.filter((one) => /^\d+\.json$/.test(one))) {
    // One that cannot be read is run again.
    const fold = (await readJsonFile(join(foldsIn(folder), name))) as FoldForecasts | undefined;
    if (fold !== undefined) finished.push(fold);
  }
  return { job: { ...job, run: readRunSpec(job.run) }, finished };
}
