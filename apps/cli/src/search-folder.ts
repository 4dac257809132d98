import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableReading } from '@nt/data';
import type { OptimizeOptions, TrialResult } from '@nt/forecast';
import type { ModelName } from './create-forecaster.ts';
import type { ReaderFlags } from './options/reader-flags.ts';
import { shellText } from './options/shell-text.ts';
import { removeFolder, writeFileSafely } from './output-files.ts';
import { readJsonFile } from './read-json-file.ts';
import type { CommandSettings } from './run-file.ts';
import { UsageError } from './usage-error.ts';

/** `optimize.json`: a run of `nt optimize`, to be gone on with. */
export interface SearchFile {
  readonly format: 'nt-optimize';
  readonly version: 1;
  readonly data: {
    readonly source: string;
    /** As it was found. */
    readonly reading: TableReading;
    /** What of it was told; missing in searches that earlier versions have begun. */
    readonly told?: ReaderFlags;
  };
  readonly model: ModelName;
  readonly options: Omit<OptimizeOptions, 'finished' | 'signal' | 'onEvent'>;
  readonly command: CommandSettings;
}

const jobIn = (folder: string): string => join(folder, 'optimize.json');
const trialsIn = (folder: string): string => join(folder, 'trials');

/** Where the outcome is. */
export const leaderboardIn = (folder: string): string => join(folder, 'leaderboard.json');

/** Whether a folder holds a search, finished or not. */
export const holdsSearch = (folder: string): boolean => existsSync(jobIn(folder));

/** Looks whether a search may be begun in a folder. @throws UsageError when it holds one that may not be replaced */
export function checkNoSearch(folder: string, overwrite: boolean): void {
  if (!holdsSearch(folder) || overwrite) return;
  throw new UsageError(
    `'${folder}' holds a search. Go on with it by nt resume ${shellText(folder)}, choose another folder with -o, or give --overwrite to replace it.`,
  );
}

/** Begins a search in a folder: what was there of another is removed. */
export async function beginSearch(folder: string, job: SearchFile): Promise<void> {
  await rm(leaderboardIn(folder), { force: true });
  await removeFolder(trialsIn(folder));
  await mkdir(trialsIn(folder), { recursive: true });
  await writeSearch(folder, job);
}

/** Writes what a search is, its trials as they are. */
export const writeSearch = (folder: string, job: SearchFile): Promise<void> =>
  writeFileSafely(jobIn(folder), `${JSON.stringify(job, undefined, 2)}\n`);

/** Keeps a result. */
export const keepTrial = (folder: string, result: TrialResult): Promise<void> =>
  writeFileSafely(join(trialsIn(folder), `${result.trial}-${result.rung}.json`), JSON.stringify(result));

/** The search of a folder and the results that it has. @throws UsageError when there is none */
export async function readSearch(
  folder: string,
): Promise<{ readonly job: SearchFile; readonly finished: readonly TrialResult[] }> {
  const job = (await readJsonFile(jobIn(folder))) as SearchFile | undefined;
  if (job?.format !== 'nt-optimize' || job.version !== 1)
    throw new UsageError(`--resume: '${folder}' holds no run of nt optimize (no readable optimize.json).`);
  const names = await readdir(trialsIn(folder)).catch(() => []);
  const finished: TrialResult[] = [];
  for (const name of names.filter((one) => /^\d+-\d+\.json$/.test(one))) {
    // One that cannot be read is computed again.
    const result = (await readJsonFile(join(trialsIn(folder), name))) as TrialResult | undefined;
    if (result !== undefined) finished.push(result);
  }
  return { job, finished };
}
