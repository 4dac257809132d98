import { join } from 'node:path';
import { TrainerError } from '../../trainer-error.ts';
import type { StorageLock } from '../checkpoint-storage.ts';
import type { FileSystem } from './file-system.ts';
import { type LockOwner, mayBeAlive, thisProcess } from './process-identity.ts';
import { storageProblem } from './storage-problem.ts';

const lockName = '.lock';

/**
 * Takes the lock of a folder. A lock whose process is certainly gone is taken over, with a notice.
 *
 * The stale file is renamed before it is removed: of several processes that find it, only one can rename it, and that
 * one checks that it took the file that it had judged.
 */
export async function lockFolder(folder: string, fileSystem: FileSystem): Promise<StorageLock> {
  const path = join(folder, lockName);
  const text = `${JSON.stringify(thisProcess())}\n`;
  const notices: string[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await tryCreate(path, text, folder, fileSystem)) {
      await removeLitter(folder, text, fileSystem);
      return { notices, release: () => release(path, text, fileSystem) };
    }
    const found = await readText(path, fileSystem);
    if (found === null) continue;
    const owner = readOwner(found);
    if (owner === null || mayBeAlive(owner)) throw lockedBy(folder, path, owner);
    if (await takeAway(path, found, fileSystem)) {
      notices.push(`Took over the lock of ${folder}: its process ${owner.pid} (since ${owner.since}) is gone.`);
    }
  }
  throw lockedBy(folder, path, null);
}

async function tryCreate(path: string, text: string, folder: string, fileSystem: FileSystem): Promise<boolean> {
  try {
    await fileSystem.mkdir(folder);
    await fileSystem.createExclusively(path, text);
    return true;
  } catch (error) {
    // ENOENT: the holder of the lock has just tidied up.
    if (['EEXIST', 'ENOENT'].includes((error as { code: string }).code)) return false;
    throw storageProblem('take the lock', folder, error);
  }
}

async function takeAway(path: string, judged: string, fileSystem: FileSystem): Promise<boolean> {
  const aside = `${path}-stale-${process.pid}`;
  try {
    await fileSystem.rename(path, aside);
  } catch {
    return false;
  }
  const taken = await readText(aside, fileSystem);
  if (taken === judged) {
    await fileSystem.remove(aside);
    return true;
  }
  // It was the lock of somebody who had been faster: back with it. Gone already means that its run is over.
  await fileSystem.rename(aside, path).catch(() => {});
  return false;
}

/** What processes left that were killed while they took a lock; never a file that holds this very lock. */
async function removeLitter(folder: string, text: string, fileSystem: FileSystem): Promise<void> {
  for (const name of await fileSystem.readdir(folder)) {
    if (!/^\.lock-(stale|new)-/.test(name)) continue;
    if ((await readText(join(folder, name), fileSystem)) !== text) await fileSystem.remove(join(folder, name));
  }
}

/** A lock that cannot be removed must not hide why the run ended; the next run takes it over. */
async function release(path: string, text: string, fileSystem: FileSystem): Promise<void> {
  if ((await readText(path, fileSystem)) === text) await fileSystem.remove(path).catch(() => {});
}

async function readText(path: string, fileSystem: FileSystem): Promise<string | null> {
  try {
    return new TextDecoder().decode(await fileSystem.readFile(path));
  } catch {
    return null;
  }
}

function readOwner(text: string): LockOwner | null {
  try {
    const owner = JSON.parse(text) as LockOwner;
    return Number.isInteger(owner.pid) && typeof owner.host === 'string' ? owner : null;
  } catch {
    return null;
  }
}

function lockedBy(folder: string, path: string, owner: LockOwner | null): TrainerError {
  const who = owner ? `process ${owner.pid} on ${owner.host} since ${owner.since}` : 'a process that it does not name';
  return new TrainerError(
    'trainer/locked',
    `${folder} is in use by ${who}. End that run, choose another folder, or, when it is certain that no run uses it, delete ${path}.`,
    { folder, owner },
  );
}
