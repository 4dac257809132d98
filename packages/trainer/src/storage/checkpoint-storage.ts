/** The right to write to a storage; held by one run at a time. */
export interface StorageLock {
  /** What was found and done when the lock was taken, e.g. that a lock of a dead process was taken over. */
  readonly notices: readonly string[];
  /** Lets others take the lock. */
  release(): Promise<void>;
}

/** A file that is handed over piece by piece. */
export interface FileInParts {
  readonly name: string;
  /** To be read once, to its end. What one part holds is valid until the next is asked for. */
  readonly parts: AsyncIterable<Uint8Array>;
}

/**
 * A place that keeps checkpoints: a flat set of named entries, each some files. Whoever implements it promises that an
 * entry appears whole or not at all, and that an older entry is untouched while a new one is written.
 */
export interface CheckpointStorage {
  /** For messages: a path, a URL, `memory`. */
  readonly location: string;
  /** Names of the entries, sorted; nothing half-written. An absent place is an empty one. */
  list(): Promise<readonly string[]>;
  /** Names of an entry's files, sorted. */
  files(name: string): Promise<readonly string[]>;
  /** @throws TrainerError `trainer/storage` when there is no such file */
  read(name: string, file: string): Promise<Uint8Array>;
  /** Writes an entry, all or nothing, in the place of one of that name, and returns when it is safe. @throws TrainerError `trainer/storage` */
  write(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<void>;
  /**
   * `write` for files that are made while they are written, one after the other, so that they are never all in memory.
   * When they end in an error the entry does not appear. Without it they are gathered and given to `write`.
   */
  writeInParts?(name: string, files: AsyncIterable<FileInParts>): Promise<void>;
  /** Removes an entry; harmless when there is none. */
  remove(name: string): Promise<void>;
  /** @throws TrainerError `trainer/locked`, naming the owner, when another run holds the lock */
  lock(): Promise<StorageLock>;
}
