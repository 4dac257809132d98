import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backend, Tensor } from '@nt/tensor';
import { writeSafely } from '@nt/trainer/node';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { fromModelFiles, type ModelFiles, toModelFiles } from '../saved/model-files.ts';

const names = ['weights.safetensors', 'model.json'] as const;

/**
 * Writes a fitted forecaster into a folder: each file under a temporary name, synced, then renamed; `model.json`, without
 * which the folder is no model, last.
 */
export async function saveModelFolder(forecaster: FittedForecaster, folder: string): Promise<void> {
  const files = await toModelFiles(forecaster);
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeSafely(join(folder, name), files[name]);
}

/**
 * Reads a forecaster that `saveModelFolder` or `nt train` wrote.
 *
 * @param factories the models it may be; default N-HiTS
 * @throws ForecastError `forecast/no-model` when the folder holds none, `forecast/model-file` when a file is damaged
 */
export async function loadModelFolder<T extends Tensor>(
  backend: Backend<T>,
  folder: string,
  factories?: readonly ModelFactory[],
): Promise<FittedForecaster> {
  const entries = await Promise.all(names.map(async (name) => [name, await readModelFile(folder, name)] as const));
  return fromModelFiles(backend, Object.fromEntries(entries) as ModelFiles, factories);
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
