import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { checkOptions } from '../../options/check-options.ts';
import { text } from '../../options/expectations.ts';
import type { CheckpointStorage, FileInParts } from '../checkpoint-storage.ts';
import { checkEntryName } from '../entry-name.ts';
import { missingFile } from '../missing-file.ts';
import { tidiedLock } from '../tidied-lock.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { lockFolder } from './lock-folder.ts';
import { storageProblem } from './storage-problem.ts';

/**
 * Checkpoints in a folder, one sub-folder each. A sub-folder is written under a hidden name, synced file by file,
 * renamed, and the folder synced; it is removed by renaming first. So whatever happens, a visible one is whole.
 *
 * @param folder made when first needed
 * @throws TrainerError `trainer/storage` from its members, with the system's reason and what to do
 */
export function nodeStorage(folder: string): CheckpointStorage {
  checkOptions('nodeStorage', { folder }, { folder: text }, ['folder']);
  return folderStorage(resolve(folder), nodeFileSystem);
}

/** `nodeStorage` over any file system: tests pass one that fails. */
export function folderStorage(folder: string, fileSystem: FileSystem): CheckpointStorage {
  const visible = async (path: string): Promise<readonly string[]> => {
    const names = await unlessAbsent(() => fileSystem.readdir(path), folder);
    return names.filter((name) => !name.startsWith('.')).sort();
  };
  return {
    location: folder,
    list: () => visible(folder),
    files: (name) => visible(join(folder, name)),
    async read(name, file) {
      checkEntryName(name);
      try {
        return await fileSystem.readFile(join(folder, name, file));
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') throw missingFile(folder, name, file, error);
        throw storageProblem(`read '${name}/${file}'`, folder, error);
      }
    },
    write: (name, files) => write(folder, name, wholeFiles(files), fileSystem),
    writeInParts: (name, files) => write(folder, name, files, fileSystem),
    remove: (name) => remove(folder, name, fileSystem),
    lock: async () => tidiedLock(await lockFolder(folder, fileSystem), () => removeLeftovers(folder, fileSystem)),
  };
}

interface WholeFile {
  readonly name: string;
  readonly parts: Uint8Array;
}

const wholeFiles = (files: Readonly<Record<string, Uint8Array>>): WholeFile[] =>
  Object.entries(files).map(([name, parts]) => ({ name, parts }));

async function write(
  folder: string,
  name: string,
  files: Iterable<WholeFile> | AsyncIterable<FileInParts>,
  fileSystem: FileSystem,
): Promise<void> {
  checkEntryName(name);
  const partial = join(folder, `.partial-${name}-${randomUUID()}`);
  try {
    await fileSystem.mkdir(partial);
    for await (const { name: file, parts } of files) await fileSystem.writeSynced(join(partial, file), parts);
    await fileSystem.syncFolder(partial);
    await putInPlace(partial, folder, name, fileSystem);
    await fileSystem.syncFolder(folder);
  } catch (error) {
    await fileSystem.remove(partial).catch(() => {});
    throw storageProblem(`write checkpoint '${name}'`, folder, error);
  }
}

/** A folder cannot be renamed over another: an old entry is taken away first, once the new one is on the disk. */
async function putInPlace(partial: string, folder: string, name: string, fileSystem: FileSystem): Promise<void> {
  try {
    await fileSystem.rename(partial, join(folder, name));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as { code?: string }).code ?? '')) throw error;
    await remove(folder, name, fileSystem);
    await fileSystem.rename(partial, join(folder, name));
  }
}

async function remove(folder: string, name: string, fileSystem: FileSystem): Promise<void> {
  checkEntryName(name);
  const hidden = join(folder, `.removed-${name}-${randomUUID()}`);
  try {
    await fileSystem.rename(join(folder, name), hidden);
    await fileSystem.remove(hidden);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT')
      throw storageProblem(`remove checkpoint '${name}'`, folder, error);
  }
}

/** What a killed process left half-written or half-removed. Only the holder of the lock may do this. */
async function removeLeftovers(folder: string, fileSystem: FileSystem): Promise<void> {
  for (const name of await unlessAbsent(() => fileSystem.readdir(folder), folder)) {
    if (!/^\.(partial|removed)-/.test(name)) continue;
    await fileSystem.remove(join(folder, name)).catch((error: unknown) => {
      throw storageProblem(`remove the leftover '${name}'`, folder, error);
    });
  }
}

async function unlessAbsent(list: () => Promise<readonly string[]>, folder: string): Promise<readonly string[]> {
  try {
    return await list();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw storageProblem('list checkpoints', folder, error);
  }
}
