import type { CheckpointStorage } from '../checkpoint-storage.ts';
import { checkEntryName } from '../entry-name.ts';
import { missingFile } from '../missing-file.ts';
import {
  type BrowserScope,
  browserProblem,
  browserScope,
  type Database,
  type DatabaseRequest,
  type DatabaseTable,
} from './browser-apis.ts';
import { lockOrigin } from './lock-origin.ts';

const table = 'files';

/**
 * Checkpoints in an IndexedDB database, for browsers whose file system cannot be written from a page. A checkpoint is
 * written in one transaction, all or nothing, with `durability: 'strict'`.
 *
 * @param folder name of the database: letters, digits, `.`, `_`, `-`
 */
export function indexedDbStorage(folder: string): CheckpointStorage {
  const scope = browserScope();
  checkEntryName(folder);
  const location = `indexeddb:/${folder}`;
  const work = async <Result>(
    action: string,
    mode: 'readonly' | 'readwrite',
    use: (files: DatabaseTable) => DatabaseRequest<Result> | undefined,
  ): Promise<Result> => {
    try {
      return await transact(folder, scope, mode, use);
    } catch (error) {
      throw browserProblem(action, location, error);
    }
  };
  const keys = () => work('list checkpoints', 'readonly', (files) => files.getAllKeys());
  return {
    location,
    list: async () => [...new Set((await keys()).map(([name]) => name))].sort(),
    files: async (name) => (await keys()).filter(([entry]) => entry === name).map(([, file]) => file),
    async read(name, file) {
      const bytes = await work(`read '${name}/${file}'`, 'readonly', (files) => files.get([name, file]));
      if (!bytes) throw missingFile(location, name, file);
      return bytes;
    },
    async write(name, files) {
      checkEntryName(name);
      await work(`write checkpoint '${name}'`, 'readwrite', (target) => {
        target.delete(filesOf(name, scope));
        for (const [file, bytes] of Object.entries(files)) target.put(bytes, [name, file]);
        return undefined;
      });
    },
    async remove(name) {
      await work(`remove checkpoint '${name}'`, 'readwrite', (files) => files.delete(filesOf(name, scope)));
    },
    lock: () => lockOrigin(location, scope),
  };
}

/** Keys `[name, …]`: an empty list sorts behind every text. */
const filesOf = (name: string, { IDBKeyRange }: BrowserScope): unknown => IDBKeyRange!.bound([name], [name, []]);

async function transact<Result>(
  folder: string,
  scope: BrowserScope,
  mode: 'readonly' | 'readwrite',
  use: (files: DatabaseTable) => DatabaseRequest<Result> | undefined,
): Promise<Result> {
  const database = await open(folder, scope);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: 'strict' });
      let request: DatabaseRequest<Result> | undefined;
      transaction.oncomplete = () => resolve(request?.result as Result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
      request = use(transaction.objectStore(table));
    });
  } finally {
    database.close();
  }
}

function open(folder: string, { indexedDB }: BrowserScope): Promise<Database> {
  return new Promise((resolve, reject) => {
    const request = indexedDB!.open(`nt-trainer-${folder}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
