import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** A model that another process loads: where it is on a disk that both have, and what has to be there. */
export interface ModelReference {
  /** An absolute path. */
  readonly folder: string;
  /** Of the files that it is made of, in hexadecimal. */
  readonly sha256: string;
}

/** What a worker must find where this process loads a model. */
export async function modelReference(path: string): Promise<ModelReference> {
  const folder = resolve(path);
  return { folder, sha256: await hashOf(folder) };
}

/** Looks whether a model is what it was. @throws UsageError when not */
export async function checkModel({ folder, sha256 }: ModelReference): Promise<void> {
  if ((await hashOf(folder)) === sha256) return;
  throw new UsageError(
    `${folder}: the model on this machine is not what the job was made of (SHA-256 of its files). Give all machines the same folder at this path.`,
  );
}

async function hashOf(folder: string): Promise<string> {
  const all = await readdir(folder, { recursive: true }).catch(() => []);
  const names = all
    .map((name) => name.split(sep).join('/'))
    .filter(isOfModel)
    .sort();
  // Not final: a shared disk may be there a moment later.
  if (names.length === 0)
    throw new Error(
      `${folder}: there is no model on this machine. Jobs of a queue read it from a disk that all share.`,
    );
  const hash = createHash('sha256');
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Neither what a folder tells of its training, nor checkpoints. */
const isOfModel = (name: string): boolean =>
  /^(members\/\d+\/)*(config|model)\.json$|^(members\/\d+\/)*[^/]+\.safetensors$/.test(name);
