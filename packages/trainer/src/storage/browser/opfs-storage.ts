import type { CheckpointStorage, FileInParts } from '../checkpoint-storage.ts';
import { checkEntryName } from '../entry-name.ts';
import { missingFile } from '../missing-file.ts';
import { tidiedLock } from '../tidied-lock.ts';
import { browserProblem, browserScope, type FolderHandle } from './browser-apis.ts';
import { inPieces } from './in-pieces.ts';
import { lockOrigin } from './lock-origin.ts';

/** Written last, removed first: a folder that has it is whole. The file system has no rename of folders to rely on. */
const completeMark = '.complete';

/**
 * Checkpoints in the origin private file system, one folder each. Each file is replaced as a whole when it is closed.
 * The browser decides when it is on the disk.
 *
 * @param folder name of a folder at the top, letters, digits, `.`, `_`, `-`
 */
export function opfsStorage(folder: string): CheckpointStorage {
  const scope = browserScope();
  checkEntryName(folder);
  const location = `opfs:/${folder}`;
  const top = async (): Promise<FolderHandle> =>
    (await scope.navigator!.storage!.getDirectory!()).getDirectoryHandle(folder, { create: true });
  const guarded = async <Result>(action: string, work: (handle: FolderHandle) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await top());
    } catch (error) {
      throw browserProblem(action, location, error);
    }
  };
  return {
    location,
    list: () => guarded('list checkpoints', async (handle) => (await entriesOf(handle)).whole),
    files: (name) =>
      guarded(`list '${name}'`, async (handle) => {
        const names = await namesIn(await handle.getDirectoryHandle(name));
        return names.filter((file) => file !== completeMark);
      }),
    async read(name, file) {
      const handle = await openFile(await top(), name, file);
      if (!handle) throw missingFile(location, name, file);
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    },
    async write(name, files) {
      checkEntryName(name);
      await guarded(`write checkpoint '${name}'`, (handle) => writeEntry(handle, name, wholeFiles(files)));
    },
    async writeInParts(name, files) {
      checkEntryName(name);
      await guarded(`write checkpoint '${name}'`, (handle) => writeEntry(handle, name, files));
    },
    remove: (name) => guarded(`remove checkpoint '${name}'`, (handle) => removeEntry(handle, name)),
    async lock() {
      const removeLeftovers = async (handle: FolderHandle): Promise<void> => {
        for (const name of (await entriesOf(handle)).partial) await handle.removeEntry(name, { recursive: true });
      };
      return tidiedLock(await lockOrigin(location, scope), () => guarded('remove leftovers', removeLeftovers));
    },
  };
}

interface WholeFile {
  readonly name: string;
  readonly parts: readonly Uint8Array[];
}

const wholeFiles = (files: Readonly<Record<string, Uint8Array>>): WholeFile[] =>
  Object.entries(files).map(([name, bytes]) => ({ name, parts: [bytes] }));

async function writeEntry(
  folder: FolderHandle,
  name: string,
  files: Iterable<WholeFile> | AsyncIterable<FileInParts>,
): Promise<void> {
  await removeEntry(folder, name);
  const entry = await folder.getDirectoryHandle(name, { create: true });
  for await (const file of files) await writeFile(entry, file);
  await writeFile(entry, { name: completeMark, parts: [] });
}

async function writeFile(entry: FolderHandle, { name, parts }: WholeFile | FileInParts): Promise<void> {
  const writable = await (await entry.getFileHandle(name, { create: true })).createWritable();
  try {
    for await (const piece of inPieces(parts)) await writable.write(piece);
  } catch (error) {
    // An open file could not be removed; that it cannot be given up either says less than why.
    await writable.abort().catch(() => {});
    throw error;
  }
  await writable.close();
}

async function removeEntry(folder: FolderHandle, name: string): Promise<void> {
  const entry = await folder.getDirectoryHandle(name).catch(unlessFound);
  if (!entry) return;
  await entry.removeEntry(completeMark).catch(unlessFound);
  await folder.removeEntry(name, { recursive: true });
}

async function openFile(folder: FolderHandle, name: string, file: string) {
  const entry = await folder.getDirectoryHandle(name).catch(unlessFound);
  return entry?.getFileHandle(file).catch(unlessFound);
}

async function entriesOf(folder: FolderHandle): Promise<{ readonly whole: string[]; readonly partial: string[] }> {
  const [whole, partial]: [string[], string[]] = [[], []];
  for (const name of await namesIn(folder)) {
    const mark = await openFile(folder, name, completeMark);
    (mark ? whole : partial).push(name);
  }
  return { whole, partial };
}

async function namesIn(folder: FolderHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

function unlessFound(error: { readonly name?: string }): undefined {
  if (error.name === 'NotFoundError' || error.name === 'TypeMismatchError') return undefined;
  throw error;
}
