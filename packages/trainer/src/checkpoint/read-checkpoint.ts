import { checkOptions } from '../options/check-options.ts';
import { aFunction, text } from '../options/expectations.ts';
import type { CheckpointStorage } from '../storage/checkpoint-storage.ts';
import { guardedStorage } from '../storage/guarded-storage.ts';
import { TrainerError } from '../trainer-error.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeContent, fileNames } from './checkpoint-files.ts';
import type { CheckpointManifest } from './checkpoint-manifest.ts';
import { checkpointNames } from './checkpoint-name.ts';
import { storageMembers } from './checkpoint-options.ts';
import { corrupt, decodeManifest } from './manifest-file.ts';
import { resumeProblem } from './resume-problem.ts';
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
 * @param which `last` (the newest), `last-good` (the newest that is whole), `best` (as the newest names it), or a name
 * @param onProblem hears of each damaged checkpoint that `last-good` passes over
 * @throws TrainerError `trainer/no-checkpoint`, `trainer/corrupt-checkpoint` (none is whole, or the one that was asked
 *   for is not), `trainer/foreign-checkpoint`, `trainer/storage`, `trainer/bad-option`
 */
export async function readCheckpoint(
  storage: CheckpointStorage,
  which: 'last' | 'best' | 'last-good' | (string & {}),
  onProblem?: (problem: TrainerError) => void,
): Promise<Checkpoint> {
  checkOptions(
    'readCheckpoint',
    { storage, which, onProblem },
    { storage: storageMembers, which: text, onProblem: aFunction },
    ['storage', 'which'],
  );
  const guarded = guardedStorage(storage);
  const names = checkpointNames(await guarded.list());
  if (names.length === 0) throw noCheckpoint(storage, which, names);
  if (which === 'last') return readNamed(guarded, names.at(-1)!);
  if (which === 'last-good') return readNewestWhole(guarded, names, onProblem);
  if (which !== 'best') return readNamed(guarded, names.includes(which) ? which : missing(storage, which, names));
  const { bestCheckpoint } = await readManifest(guarded, names.at(-1)!);
  return readNamed(guarded, bestCheckpoint ?? missing(storage, 'best', names));
}

/** All checkpoints of a storage, oldest first. */
export async function listCheckpoints(storage: CheckpointStorage): Promise<readonly CheckpointInfo[]> {
  checkOptions('listCheckpoints', { storage }, { storage: storageMembers }, ['storage']);
  const infos: CheckpointInfo[] = [];
  const guarded = guardedStorage(storage);
  for (const name of checkpointNames(await guarded.list())) {
    try {
      infos.push({ name, manifest: await readManifest(guarded, name), problem: null });
    } catch (error) {
      infos.push({ name, manifest: null, problem: (error as Error).message });
    }
  }
  return infos;
}

/** Only what is damaged is passed over: a later format, or a folder that may not be read, needs somebody to look at it. */
async function readNewestWhole(
  storage: CheckpointStorage,
  names: readonly string[],
  onProblem?: (problem: TrainerError) => void,
): Promise<Checkpoint> {
  const problems: TrainerError[] = [];
  for (const name of [...names].reverse()) {
    try {
      return await readNamed(storage, name);
    } catch (error) {
      if (!TrainerError.isInstance(error) || error.code !== 'trainer/corrupt-checkpoint') throw error;
      problems.push(error);
      onProblem?.(error);
    }
  }
  throw resumeProblem(
    'trainer/corrupt-checkpoint',
    `Of the ${names.length} checkpoints of ${storage.location} none is whole: ${problems.map(({ details }) => details['problem']).join(' ')}`,
    'Start a new run.',
    { location: storage.location, problems: problems.map(({ message }) => message) },
    problems[0],
  );
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
    if (TrainerError.isInstance(error)) throw error;
    // Files with the right checksum that cannot be read: whatever the reader says, it is the checkpoint's fault.
    throw corrupt(where, `files that can be read (${(error as Error).message})`);
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
    if (isForbidden(error)) throw error;
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
  const bytes = await storage.read(name, 'manifest.json').catch((error) => {
    if (isForbidden(error)) throw error;
    throw corrupt(where, 'a manifest.json; found none');
  });
  return decodeManifest(bytes, where);
}

/** The file may well be whole: it is the program that cannot read it now. */
function isForbidden(error: unknown): boolean {
  const code = TrainerError.isInstance(error) ? error.details['code'] : undefined;
  return ['EACCES', 'EPERM', 'EMFILE', 'ENFILE'].includes(code as string);
}

function missing(storage: CheckpointStorage, which: string, names: readonly string[]): never {
  throw noCheckpoint(storage, which, names);
}

function noCheckpoint(storage: CheckpointStorage, which: string, names: readonly string[]): TrainerError {
  const found = names.length === 0 ? 'no checkpoint at all' : names.join(', ');
  return resumeProblem(
    'trainer/no-checkpoint',
    `Expected checkpoint '${which}' in ${storage.location}; found ${found}.`,
    names.length === 0 ? 'Check the place, or start a new run.' : 'Name one of these.',
    { which, location: storage.location, found: names },
  );
}
