import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend, Tensor } from '@nt/tensor';
import { renameOver } from '@nt/trainer/node';
import { ForecastError } from '../forecast-error.ts';
import type { Forecaster } from '../forecaster.ts';
import { fromModelFiles, type ModelFiles, toModelFiles } from '../model-files.ts';

const names = ['weights.safetensors', 'model.json'] as const;

/**
 * Writes a fitted forecaster into a folder: each file under a temporary name, synced, then renamed; `model.json`, without
 * which the folder is no model, last.
 */
export async function saveModelFolder<T extends Tensor>(forecaster: Forecaster<T>, folder: string): Promise<void> {
  const files = await toModelFiles(forecaster);
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeSafely(join(folder, name), files[name]);
}

/**
 * Reads a forecaster that `saveModelFolder` or `nt train` wrote.
 *
 * @throws ForecastError `forecast/no-model` when the folder holds none, `forecast/model-file` when a file is damaged
 */
export async function loadModelFolder<T extends Tensor>(backend: Backend<T>, folder: string): Promise<Forecaster<T>> {
  const entries = await Promise.all(names.map(async (name) => [name, await readModelFile(folder, name)] as const));
  return fromModelFiles(backend, Object.fromEntries(entries) as ModelFiles);
}

/** Replaces a file so that at any moment either the old or the new one is there, whole. */
export async function writeSafely(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function readModelFile(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new ForecastError(
      'forecast/no-model',
      `There is no model in '${folder}': ${name} cannot be read (${(error as NodeJS.ErrnoException).code}). Train one with 'nt train … -o ${folder}'.`,
      { folder, name },
      error,
    );
  }
}
