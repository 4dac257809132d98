import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Backend, Tensor } from '@nt/tensor';
import { writeSafely } from '@nt/trainer/node';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { ForecastError } from '../forecast-error.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import type { Predictor } from '../predictor.ts';
import { configWithFile } from '../saved/config-file.ts';
import {
  fromModelFiles,
  type ModelFiles,
  memberFolder,
  modelFileNames,
  type SaveOptions,
  toModelFiles,
} from '../saved/model-files.ts';
import { jsonFile } from '../saved/read-json-file.ts';

/**
 * Writes a predictor into a folder. All files are written and synced beside their places first, so that a full disk costs
 * nothing that was there; then they are moved, `config.json`, without which the folder is no model, last. A folder that
 * was left in between is refused when it is loaded, by the checksums in `config.json`.
 *
 * @throws ForecastError `forecast/cannot-save` for a predictor of your own without `saving`
 */
export async function saveModelFolder(predictor: Predictor, folder: string, options: SaveOptions = {}): Promise<void> {
  await writeModelFolder(await toModelFiles(predictor, options), folder);
}

/** `saveModelFolder` for files that are there already, as `toModelFiles` gives them. */
export async function writeModelFolder(files: ModelFiles, folder: string): Promise<void> {
  const waiting = join(folder, '.partial-model');
  await rm(waiting, { recursive: true, force: true });
  try {
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(waiting, path)), { recursive: true });
      await writeSafely(join(waiting, path), bytes);
    }
    // Members are moved as the one folder that they are in.
    const isMembers = (path: string): boolean => path.startsWith('members/');
    const moved = Object.keys(files).filter((path) => !isMembers(path) && path !== 'config.json');
    const top = [...(Object.keys(files).some(isMembers) ? ['members'] : []), ...moved, 'config.json'];
    for (const name of ['members', ...modelFileNames]) {
      const isReplaced = name !== 'members' && top.includes(name);
      if (!isReplaced) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
    }
    for (const name of top) await rename(join(waiting, name), join(folder, name));
  } finally {
    await rm(waiting, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Adds how its predictor was judged to a folder: `metrics.json`, and its checksum in `config.json`. The weights are neither
 * read nor written again.
 *
 * @throws ForecastError `forecast/no-model` when the folder holds none, `forecast/model-file` when its `config.json` is
 *   not what was saved
 */
export async function saveEvaluation(evaluation: Evaluation, folder: string): Promise<void> {
  const config = await readIfThere(folder, 'config.json');
  if (config === undefined) throw noModel(folder);
  const metrics = jsonFile(evaluation);
  const told = await configWithFile(config, 'metrics.json', metrics);
  await writeSafely(join(folder, 'metrics.json'), metrics);
  await writeSafely(join(folder, 'config.json'), told);
}

/**
 * Reads a predictor that `saveModelFolder` or `nt train` wrote, in this version or an earlier one; `FittedForecaster`
 * where it is a network.
 *
 * @param factories networks that it may hold; default those of `modelFactories`
 * @throws ForecastError `forecast/no-model` when the folder holds none, `forecast/model-file` naming the file that is
 *   damaged, or that is not the one that was saved with the others
 */
export async function loadModelFolder<T extends Tensor>(
  backend: Backend<T>,
  folder: string,
  factories?: readonly ModelFactory[],
): Promise<Predictor> {
  const files = await filesIn(folder, '');
  if (files['config.json'] === undefined && files['model.json'] === undefined) {
    throw noModel(folder);
  }
  return fromModelFiles(backend, files, factories);
}

const noModel = (folder: string): ForecastError =>
  new ForecastError(
    'forecast/no-model',
    `There is no model in '${folder}': it holds no config.json. Train one with 'nt train … -o ${folder}'.`,
    { folder, name: 'config.json' },
  );

/** The files of a model and of its members; none where there is no model. */
async function filesIn(folder: string, below: string): Promise<ModelFiles> {
  const files: Record<string, Uint8Array> = {};
  for (const name of modelFileNames) {
    const bytes = await readIfThere(folder, `${below}${name}`);
    if (bytes !== undefined) files[`${below}${name}`] = bytes;
  }
  for (let member = 0; Object.keys(files).length > 0; member++) {
    const own = await filesIn(folder, memberFolder(below, member));
    if (Object.keys(own).length === 0) break;
    Object.assign(files, own);
  }
  return files;
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
