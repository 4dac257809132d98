import type { CheckpointStorage, FileInParts } from '@nt/trainer';

/**
 * The part of a storage that belongs to one member of a blend: entries `<member>.<name>`. Whoever fits the blend holds the
 * lock of the whole.
 *
 * @param member letters, digits and `-`
 */
export function memberStorage(whole: CheckpointStorage, member: string): CheckpointStorage {
  const start = `${member}.`;
  const write = whole.writeInParts?.bind(whole);
  return {
    location: `${whole.location}, ${member}`,
    list: async () =>
      (await whole.list()).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length)),
    files: (name) => whole.files(start + name),
    read: (name, file) => whole.read(start + name, file),
    write: (name, files) => whole.write(start + name, files),
    ...(write && { writeInParts: (name: string, files: AsyncIterable<FileInParts>) => write(start + name, files) }),
    remove: (name) => whole.remove(start + name),
    lock: async () => ({ notices: [], release: async () => {} }),
  };
}

/** Completed updates of the newest checkpoints, of all members together. @param entries of a storage */
export function updatesKept(entries: readonly string[]): number {
  const newest = new Map<string, number>();
  // Sorted by name they are in the order of writing.
  for (const entry of [...entries].sort()) {
    const [, member = '', update] = /^(?:(.+)\.)?\d{6,}-update-(\d+)$/.exec(entry) ?? [];
    if (update !== undefined) newest.set(member, Number(update));
  }
  return [...newest.values()].reduce((sum, update) => sum + update, 0);
}
