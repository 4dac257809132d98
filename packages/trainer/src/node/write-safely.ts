import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
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
 * beside it, synced, renamed, and the folder synced. Its folder is made when needed; what fails leaves nothing behind.
 *
 * @throws the system's error (ENOSPC, EACCES …)
 */
export function writeSafely(path: string, content: Uint8Array | string): Promise<void> {
  return writeWith(realCalls, path, content);
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
