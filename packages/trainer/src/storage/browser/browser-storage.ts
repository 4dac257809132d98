import { TrainerError } from '../../trainer-error.ts';
import type { CheckpointStorage } from '../checkpoint-storage.ts';
import { type BrowserScope, browserScope } from './browser-apis.ts';
import { indexedDbStorage } from './indexed-db-storage.ts';
import { opfsStorage } from './opfs-storage.ts';

/**
 * Checkpoints in the browser: in the origin private file system where a page can write to it, else in IndexedDB.
 * `location` of the storage says which it is. Works in pages and workers.
 *
 * @param folder a name of letters, digits, `.`, `_`, `-`
 * @throws TrainerError `trainer/storage` where there is neither
 */
export function browserStorage(folder: string): CheckpointStorage {
  const scope = browserScope();
  if (canWriteFiles(scope)) return opfsStorage(folder);
  if (scope.indexedDB) return indexedDbStorage(folder);
  throw new TrainerError(
    'trainer/storage',
    'Expected a browser with a private file system or IndexedDB, on https or localhost; found neither. In Node use nodeStorage.',
  );
}

/** Safari had the file system for years before a file could be written from a page. */
function canWriteFiles({ navigator, FileSystemFileHandle }: BrowserScope): boolean {
  return Boolean(
    navigator?.storage?.getDirectory && FileSystemFileHandle && 'createWritable' in FileSystemFileHandle.prototype,
  );
}
