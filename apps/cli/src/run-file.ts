import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableReading } from '@nt/data';
import { type RunSpec, readRunSpec } from '@nt/forecast';
import { writeSafely } from '@nt/forecast/node';
import type { EngineName } from './engine-names.ts';
import type { DataOptions } from './options/data-options.ts';
import { readerFlagsOf } from './options/reader-flags.ts';
import { readJsonFile } from './read-json-file.ts';
import { UsageError } from './usage-error.ts';

/** What belongs to the command and not to what is trained: where it computes, writes and logs. */
export interface CommandSettings {
  readonly backend?: EngineName | undefined;
  /** Of backtests and searches. */
  readonly jobs?: number | undefined;
  readonly threads?: number | undefined;
  readonly queue?: string | undefined;
  readonly attempts?: number | undefined;
  readonly checkpointDir?: string | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly logEvery?: number | undefined;
  readonly logCsv?: string | undefined;
  readonly logJsonl?: string | undefined;
  readonly tensorboard?: string | undefined;
  readonly plot?: string | undefined;
  readonly report?: string | undefined;
}

/** `run.json`: a run of `nt train`, to be gone on with. */
export type RunFile = RunSpec & { readonly command: CommandSettings };

const nameIn = (folder: string): string => join(folder, 'run.json');

/** Removes the `run.json` of a training from a folder whose model is now another. */
export const removeRunFile = (folder: string): Promise<void> => rm(nameIn(folder), { force: true });

/** Writes `run.json` into an existing folder. @returns puts back what was there before */
export async function writeRunFile(folder: string, run: RunFile): Promise<() => Promise<void>> {
  const path = nameIn(folder);
  const before = await readFile(path, 'utf8').catch(() => undefined);
  await writeSafely(path, `${JSON.stringify(run, undefined, 2)}\n`);
  return () => (before === undefined ? removeRunFile(folder) : writeSafely(path, before));
}

/** Whether a folder holds a run of `nt train`, of whatever version. */
export const holdsRun = async (folder: string): Promise<boolean> => (await readContent(folder)) !== undefined;

/** The run that is to be gone on with. @throws UsageError when there is none that can be */
export async function readRunFile(folder: string): Promise<RunFile> {
  const content = await readContent(folder);
  if (content === undefined)
    throw new UsageError(`--resume: '${folder}' holds no run of nt train (no readable run.json).`);
  if (content['version'] === 1)
    throw new UsageError(
      `--resume: the run in '${folder}' was begun by an earlier version of nt, which alone can go on with it. Start it anew with --overwrite.`,
    );
  const { command, ...spec } = content;
  return { ...readRunSpec(spec), command: (command ?? {}) as CommandSettings };
}

/**
 * The file that a model was trained on, if that is known; and from versions that did not keep it in the model, what was
 * told about reading it.
 */
export async function trainedOn(
  folder: string,
): Promise<{ readonly source?: string | undefined; readonly reading?: TableReading | undefined }> {
  const content = await readContent(folder);
  if (content === undefined) return {};
  if (content['version'] === 1) {
    const flags = (content['flags'] ?? {}) as DataOptions;
    return { source: flags.data, reading: readerFlagsOf(flags) as TableReading };
  }
  return { source: (content['data'] as RunSpec['data'] | undefined)?.source };
}

async function readContent(folder: string): Promise<Record<string, unknown> | undefined> {
  const content = (await readJsonFile(nameIn(folder))) as Record<string, unknown> | undefined;
  return content?.['format'] === 'nt-run' ? content : undefined;
}
