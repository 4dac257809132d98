import { link, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { renamePatiently } from '../../node/rename-patiently.ts';
import { syncFolder } from '../../node/write-safely.ts';

/** The few calls that the storage makes, so that tests can let each of them fail. */
export interface FileSystem {
  mkdir(path: string): Promise<void>;
  /** Writes a new file, whole or part by part, and waits until it is on the disk. */
  writeSynced(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** Creates a file, whole or not at all; rejects with EEXIST when there is one. */
  createExclusively(path: string, text: string): Promise<void>;
  readFile(path: string): Promise<Uint8Array>;
  readdir(path: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  /** Waits until a folder's entries are on the disk. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file or folder with all in it; harmless when there is none. */
  remove(path: string): Promise<void>;
}

/** The real one. */
export const nodeFileSystem: FileSystem = {
  async mkdir(path) {
    await mkdir(path, { recursive: true });
  },
  async writeSynced(path, bytes) {
    const file = await open(path, 'wx');
    try {
      for await (const part of bytes instanceof Uint8Array ? [bytes] : bytes) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  createExclusively,
  readFile: (path) => readFile(path),
  readdir: (path) => readdir(path),
  rename: (from, to) => renamePatiently(rename, from, to),
  syncFolder,
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/** A hard link appears at once and only where nothing was; where there are none, a killed process may leave half a file. */
async function createExclusively(path: string, text: string): Promise<void> {
  const whole = `${path}-new-${process.pid}`;
  await writeFile(whole, text, { flush: true });
  try {
    await link(whole, path);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes((error as { code: string }).code)) throw error;
    await writeFile(path, text, { flag: 'wx', flush: true });
  } finally {
    await rm(whole, { force: true });
  }
}
