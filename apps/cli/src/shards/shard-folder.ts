import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import { writeFileSafely } from '../output-files.ts';
import { readJsonFile } from '../read-json-file.ts';
import { UsageError } from '../usage-error.ts';
import type { ShardPlan, ShardResult, ShardSummary } from './shard-work.ts';

/** `forecast.json`: a forecast in shards, to be gone on with. */
export interface ShardFile {
  readonly format: 'nt-forecast';
  readonly version: 1;
  /** As they were typed, without what is secret; paths are absolute. */
  readonly flags: ForecastFlags;
  readonly plan: ShardPlan;
}

const fileIn = (folder: string): string => join(folder, 'forecast.json');

/** Where the shards of a forecast are kept until all are there: beside the file that they become. */
export const shardFolder = (output: string): string => `${resolve(output)}.shards`;

/** Whether a folder holds the shards of an interrupted forecast. */
export const holdsForecast = (folder: string): boolean => existsSync(fileIn(folder));

/** Begins a forecast in a folder, or goes on with it: what is there of other content is not looked at. */
export const beginForecast = (folder: string, file: ShardFile): Promise<void> =>
  writeFileSafely(fileIn(folder), `${JSON.stringify(file, undefined, 2)}\n`);

/** @throws UsageError when there is none that can be gone on with */
export async function readForecast(folder: string): Promise<ShardFile> {
  const file = (await readJsonFile(fileIn(folder))) as ShardFile | undefined;
  if (file?.format === 'nt-forecast' && file.version === 1) return file;
  throw new UsageError(`'${folder}' holds no forecast that can be gone on with (no readable forecast.json).`);
}

/** Keeps a finished shard under the hash of its content: rows first, so that a summary says that they are there. */
export async function keepShard(folder: string, id: string, { summary, text }: ShardResult): Promise<void> {
  await writeFileSafely(join(folder, `${id}.part`), text);
  await writeFileSafely(join(folder, `${id}.json`), JSON.stringify(summary));
}

/** What a shard came to; undefined when it is not finished. */
export const readShard = async (folder: string, id: string): Promise<ShardSummary | undefined> =>
  existsSync(join(folder, `${id}.part`))
    ? ((await readJsonFile(join(folder, `${id}.json`))) as ShardSummary | undefined)
    : undefined;

/** The rows of a finished shard. */
export const readShardText = (folder: string, id: string): Promise<string> =>
  readFile(join(folder, `${id}.part`), 'utf8');
