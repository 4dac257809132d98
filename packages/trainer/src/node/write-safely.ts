import { mkdir, open, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { renamePatiently } from './rename-patiently.ts';

/** The few calls that it makes, so that tests can let each of them fail. */
export interface SafeWriting {
  readonly mkdir: (folder: string) => Promise<unknown>;
  readonly writeSynced: (path: string, content: Uint8Array | string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly syncFolder: (folder: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

/**
 * Replaces a file so that at any moment, also after a power cut, either the old or the new one is there, whole: written
 * beside it, synced, renamed, and the folder synced. Its folder is made when needed; what fails leaves nothing behind. A
 * link stays, and the file that it leads to is replaced; into a device or a pipe the content is written as it is.
 *
 * @throws the system's error (ENOSPC, EACCES …), with the path
 */
export async function writeSafely(path: string, content: Uint8Array | string): Promise<void> {
  try {
    const there = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    // Renaming over /dev/null would take it away from everybody.
    if (there === undefined || there.isFile()) await writeWith(realCalls, await behindLinks(path), content);
    else await writeFile(path, content);
  } catch (error) {
    if (error instanceof Error && !('path' in error)) Object.assign(error, { path });
    throw error;
  }
}

/** The file that a link leads to, whether it is there or not. */
async function behindLinks(path: string): Promise<string> {
  const next = await readlink(path).catch(() => undefined);
  return next === undefined ? path : behindLinks(resolve(dirname(path), next));
}

/** `writeSafely` over any calls. */
export async function writeWith(calls: SafeWriting, path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`;
  await calls.mkdir(dirname(path));
  try {
    await calls.writeSynced(temporary, content);
    await renamePatiently(calls.rename, temporary, path);
  } catch (error) {
    await calls.remove(temporary).catch(() => {});
    throw error;
  }
  await calls.syncFolder(dirname(path));
}

/** Waits until a folder's entries are on the disk. Windows cannot open a folder; its renames are durable by themselves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const realCalls: SafeWriting = {
  mkdir: (folder) => mkdir(folder, { recursive: true }),
  async writeSynced(path, content) {
    const file = await open(path, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  syncFolder,
  remove: (path) => rm(path, { force: true }),
};
