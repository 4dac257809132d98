import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafely } from '@nt/forecast/node';
import type { TrainFlags } from './options/train-options.ts';

/** How a model folder came about: the flags of `nt train`. Read by `--resume` and by the commands that use the model. */
export interface RunFile {
  readonly format: 'nt-run';
  readonly version: 1;
  readonly flags: TrainFlags;
}

/** Writes `run.json` into an existing folder. @returns puts back what was there before */
export async function writeRunFile(folder: string, flags: TrainFlags): Promise<() => Promise<void>> {
  const path = join(folder, 'run.json');
  const before = await readFile(path, 'utf8').catch(() => undefined);
  const run: RunFile = { format: 'nt-run', version: 1, flags };
  await writeSafely(path, `${JSON.stringify(run, undefined, 2)}\n`);
  return () => (before === undefined ? rm(path, { force: true }) : writeSafely(path, before));
}

/** The flags of the run that made a folder; undefined when there is no readable `run.json`. */
export async function readRunFile(folder: string): Promise<TrainFlags | undefined> {
  try {
    const run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as Partial<RunFile>;
    return run.format === 'nt-run' && run.version === 1 ? run.flags : undefined;
  } catch {
    return undefined;
  }
}
