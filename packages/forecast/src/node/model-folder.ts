import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend, Tensor } from '@nt/tensor';
import { writeSafely } from '@nt/trainer/node';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import {
  fromModelFiles,
  type ModelFiles,
  neededFiles,
  oldFiles,
  recordFiles,
  type SaveOptions,
  toModelFiles,
} from '../saved/model-files.ts';

/**
 * Writes a fitted forecaster into a folder. All files are written and synced beside their places first, so that a full disk
 * costs nothing that was there; then they are moved, `config.json`, without which the folder is no model, last. A folder
 * that was left in between is refused when it is loaded, by the checksums in `config.json`.
 */
export async function saveModelFolder(
  forecaster: FittedForecaster,
  folder: string,
  options: SaveOptions = {},
): Promise<void> {
  const { 'config.json': config, ...others } = await toModelFiles(forecaster, options);
  const files = Object.entries({ ...others, 'config.json': config }) as [string, Uint8Array][];
  const waiting = join(folder, '.partial-model');
  await mkdir(waiting, { recursive: true });
  try {
    for (const [name, bytes] of files) await writeSafely(join(waiting, name), bytes);
    for (const name of recordFiles) if (!(name in others)) await rm(join(folder, name), { force: true });
    for (const [name] of files) await rename(join(waiting, name), join(folder, name));
    for (const name of oldFiles) await rm(join(folder, name), { force: true });
  } finally {
    await rm(waiting, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Reads a forecaster that `saveModelFolder` or `nt train` wrote, in this version or an earlier one.
 *
 * @param factories the models it may be; default those of `modelFactories`
 * @throws ForecastError `forecast/no-model` when the folder holds none, `forecast/model-file` naming the file that is
 *   damaged, or that is not the one that was saved with the others
 */
export async function loadModelFolder<T extends Tensor>(
  backend: Backend<T>,
  folder: string,
  factories?: readonly ModelFactory[],
): Promise<FittedForecaster> {
  const names = [...neededFiles, ...recordFiles, ...oldFiles];
  const entries = await Promise.all(names.map(async (name) => [name, await readIfThere(folder, name)] as const));
  const files = Object.fromEntries(entries.filter(([, bytes]) => bytes !== undefined)) as ModelFiles;
  if (files['config.json'] === undefined && files['model.json'] === undefined) {
    throw new ForecastError(
      'forecast/no-model',
      `There is no model in '${folder}': it holds no config.json. Train one with 'nt train … -o ${folder}'.`,
      { folder, name: 'config.json' },
    );
  }
  return fromModelFiles(backend, files, factories);
}

async function readIfThere(folder: string, name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ForecastError(
      'forecast/no-model',
      `'${join(folder, name)}' cannot be read (${code}).`,
      { folder, name },
      error,
    );
  }
}
