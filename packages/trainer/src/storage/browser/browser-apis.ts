import { TrainerError } from '../../trainer-error.ts';

/** The parts of the browser's interfaces that are used; declared here, since the package is also compiled for Node. */
export interface FileHandle {
  getFile(): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;
  createWritable(): Promise<WritableFile>;
}

/** What is written to a file, which changes when it is closed and not when it is given up. */
export interface WritableFile {
  write(data: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** A folder of the origin private file system. */
export interface FolderHandle {
  getDirectoryHandle(name: string, options?: { readonly create: boolean }): Promise<FolderHandle>;
  getFileHandle(name: string, options?: { readonly create: boolean }): Promise<FileHandle>;
  removeEntry(name: string, options?: { readonly recursive: boolean }): Promise<void>;
  keys(): AsyncIterable<string>;
}

/** Web Locks. */
export interface LockManager {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    callback: (lock: object | null) => Promise<void>,
  ): Promise<void>;
}

/** One request to a database. */
export interface DatabaseRequest<Result> {
  readonly result: Result;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

/** The one table that is used; keys are `[entry, file]`. */
export interface DatabaseTable {
  put(value: Uint8Array, key: readonly [string, string]): DatabaseRequest<unknown>;
  get(key: readonly [string, string]): DatabaseRequest<Uint8Array | undefined>;
  getAllKeys(): DatabaseRequest<readonly (readonly [string, string])[]>;
  delete(keys: unknown): DatabaseRequest<undefined>;
}

/** All or nothing. */
export interface DatabaseTransaction {
  objectStore(name: string): DatabaseTable;
  readonly error: Error | null;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
}

/** An open IndexedDB database. */
export interface Database {
  transaction(
    table: string,
    mode: 'readonly' | 'readwrite',
    options?: { readonly durability: 'strict' },
  ): DatabaseTransaction;
  createObjectStore(name: string): unknown;
  close(): void;
}

/** What a page or worker may have. */
export interface BrowserScope {
  readonly navigator?: {
    readonly storage?: { getDirectory?(): Promise<FolderHandle> };
    readonly locks?: LockManager;
  };
  readonly indexedDB?: {
    open(name: string, version: number): DatabaseRequest<Database> & { onupgradeneeded: (() => void) | null };
  };
  readonly IDBKeyRange?: { bound(lower: unknown, upper: unknown): unknown };
  readonly FileSystemFileHandle?: { readonly prototype: object };
}

/** The page or worker that this runs in. */
export const browserScope = (): BrowserScope => globalThis as unknown as BrowserScope;

/** A browser's error as a TrainerError, with what to do. Checkpoints that exist are untouched. */
export function browserProblem(action: string, location: string, cause: unknown): TrainerError {
  const { name = 'Error', message = String(cause) } = cause as { name?: string; message?: string };
  const remedy =
    name === 'QuotaExceededError'
      ? 'The quota of this site is used up: remove old checkpoints, or ask for navigator.storage.persist().'
      : 'Check that this site may store data (a private window may not).';
  return new TrainerError(
    'trainer/storage',
    `Could not ${action} in ${location} (${name}: ${message}). ${remedy} Earlier checkpoints are untouched.`,
    { action, location, code: name },
    cause,
  );
}
