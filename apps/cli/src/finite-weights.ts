import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { networksIn, type Predictor, toModelFiles } from '@nt/forecast';
import { writeModelFolder } from '@nt/forecast/node';
import { parse } from '@nt/safetensors';

/** False for a model whose training exploded: each of its forecasts would be NaN. */
export async function hasFiniteWeights(predictor: Predictor): Promise<boolean> {
  for (const network of networksIn(predictor)) {
    const weights = Object.values(await network.saveWeights());
    if (!weights.every(({ data }) => allFinite(data))) return false;
  }
  return true;
}

/** Writes a model into a folder, unless its training exploded. Its weights are read from the engine once for both. */
export async function saveIfFinite(predictor: Predictor, folder: string): Promise<boolean> {
  const files = await toModelFiles(predictor);
  const weights = Object.entries(files).filter(([path]) => isWeights(path.split('/')));
  if (!weights.every(([, bytes]) => isFiniteFile(bytes))) return false;
  await writeModelFolder(files, folder);
  return true;
}

/**
 * Whether all weights of a model in a folder are finite, members of a model included. The files say it: to ask the engine, which has them in
 * another order, took a third of the time from start to forecast.
 */
export async function hasFiniteFiles(folder: string): Promise<boolean> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => isWeights(name.split(sep)));
  for (const name of names) {
    if (!isFiniteFile(await readFile(join(folder, name)))) return false;
  }
  return true;
}

/** Not those of checkpoints, which lie in the folder of an interrupted run. */
const isWeights = (path: readonly string[]): boolean =>
  /^(model|weights)\.safetensors$/.test(path.at(-1)!) && !path.includes('checkpoints');

const isFiniteFile = (bytes: Uint8Array): boolean =>
  [...parse(bytes).tensors.values()].every(({ data }) => allFinite(data));

/** A difference from itself is 0 but for NaN and the infinities; of numbers of other kinds none is infinite. */
function allFinite(data: ArrayLike<number | bigint>): boolean {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return true;
  for (let k = 0; k < data.length; k++) if (data[k]! - data[k]! !== 0) return false;
  return true;
}
