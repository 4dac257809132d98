import { SafetensorsError } from '@nt/safetensors';
import type { CheckpointStorage } from '../storage/checkpoint-storage.ts';
import { TrainerError } from '../trainer-error.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeContent, fileNames } from './checkpoint-files.ts';
import type { CheckpointManifest } from './checkpoint-manifest.ts';
import { checkpointNames } from './checkpoint-name.ts';
import { corrupt, decodeManifest } from './manifest-file.ts';
import { sha256 } from './sha256.ts';

/** A checkpoint as listed: with its manifest, or with the reason why it has none to show. */
export interface CheckpointInfo {
  readonly name: string;
  readonly manifest: CheckpointManifest | null;
  /** Why the manifest cannot be used; null when it can. Other files are checked when the checkpoint is read. */
  readonly problem: string | null;
}

/**
 * Reads a checkpoint, checking format, sizes and SHA-256 of every file before any of it is used.
 *
 * @param which `last` (the newest), `best` (as the newest names it), `last-good` (the newest that is whole), or a name
 * @param onProblem hears of each checkpoint that `last-good` passes over
 * @throws TrainerError `trainer/no-checkpoint`, `trainer/corrupt-checkpoint`, `trainer/foreign-checkpoint`
 */
export async function readCheckpoint(
  storage: CheckpointStorage,
  which: 'last' | 'best' | 'last-good' | (string & {}),
  onProblem?: (problem: TrainerError) => void,
): Promise<Checkpoint> {
  const names = checkpointNames(await storage.list());
  const newest = names.at(-1);
  if (newest === undefined) throw noCheckpoint(storage, which, names);
  if (which === 'last') return readNamed(storage, newest);
  if (which === 'last-good') return readNewestGood(storage, names, onProblem);
  if (which !== 'best') return readNamed(storage, names.includes(which) ? which : missing(storage, which, names));
  const { bestCheckpoint } = await readManifest(storage, newest);
  return readNamed(storage, bestCheckpoint ?? missing(storage, 'best', names));
}

/** All checkpoints of a storage, oldest first. */
export async function listCheckpoints(storage: CheckpointStorage): Promise<readonly CheckpointInfo[]> {
  const infos: CheckpointInfo[] = [];
  for (const name of checkpointNames(await storage.list())) {
    try {
      infos.push({ name, manifest: await readManifest(storage, name), problem: null });
    } catch (error) {
      infos.push({ name, manifest: null, problem: (error as Error).message });
    }
  }
  return infos;
}

async function readNewestGood(
  storage: CheckpointStorage,
  names: readonly string[],
  onProblem?: (problem: TrainerError) => void,
): Promise<Checkpoint> {
  for (const name of [...names].reverse()) {
    try {
      return await readNamed(storage, name);
    } catch (error) {
      if (!TrainerError.isInstance(error)) throw error;
      onProblem?.(error);
    }
  }
  throw noCheckpoint(storage, 'last-good', names);
}

async function readNamed(storage: CheckpointStorage, name: string): Promise<Checkpoint> {
  const where = `Checkpoint '${name}' of ${storage.location}`;
  const manifest = await readManifest(storage, name);
  for (const file of [fileNames.weights, fileNames.optimizer, fileNames.state]) {
    if (!(file in manifest.files)) throw corrupt(where, `the manifest to name ${file}`);
  }
  const files: Record<string, Uint8Array> = {};
  for (const [file, expected] of Object.entries(manifest.files)) {
    files[file] = await readChecked(storage, name, file, expected, where);
  }
  try {
    return { name, manifest, ...decodeContent(files) };
  } catch (error) {
    if (SafetensorsError.isInstance(error)) throw corrupt(where, `safetensors files (${error.message})`);
    throw error;
  }
}

async function readChecked(
  storage: CheckpointStorage,
  name: string,
  file: string,
  expected: { readonly bytes: number; readonly sha256: string },
  where: string,
): Promise<Uint8Array> {
  const bytes = await storage.read(name, file).catch((error) => {
    throw corrupt(where, `${file}, which the manifest names (${(error as Error).message})`, { file });
  });
  if (bytes.byteLength !== expected.bytes) {
    throw corrupt(where, `${file} to have ${expected.bytes} bytes; found ${bytes.byteLength}`, { file });
  }
  const found = await sha256(bytes);
  if (found !== expected.sha256)
    throw corrupt(where, `${file} with SHA-256 ${expected.sha256}; found ${found}`, { file });
  return bytes;
}

async function readManifest(storage: CheckpointStorage, name: string): Promise<CheckpointManifest> {
  const where = `Checkpoint '${name}' of ${storage.location}`;
  const bytes = await storage.read(name, 'manifest.json').catch(() => {
    throw corrupt(where, 'a manifest.json; found none');
  });
  return decodeManifest(bytes, where);
}

function missing(storage: CheckpointStorage, which: string, names: readonly string[]): never {
  throw noCheckpoint(storage, which, names);
}

function noCheckpoint(storage: CheckpointStorage, which: string, names: readonly string[]): TrainerError {
  const found = names.length === 0 ? 'no checkpoint at all' : names.join(', ');
  return new TrainerError(
    'trainer/no-checkpoint',
    `Expected checkpoint '${which}' in ${storage.location}; found ${found}. Check the place, or start a new run (resumeIfPresent).`,
    { which, location: storage.location, found: names },
  );
}
