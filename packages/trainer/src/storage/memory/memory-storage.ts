import { TrainerError } from '../../trainer-error.ts';
import type { CheckpointStorage } from '../checkpoint-storage.ts';
import { checkEntryName } from '../entry-name.ts';
import { missingFile } from '../missing-file.ts';

/** Checkpoints in memory, for tests and for runs that need no files. Gone with the object. */
export function memoryStorage(): CheckpointStorage {
  const entries = new Map<string, ReadonlyMap<string, Uint8Array>>();
  let locked = false;
  return {
    location: 'memory',
    list: async () => [...entries.keys()].sort(),
    files: async (name) => [...(entries.get(name)?.keys() ?? [])].sort(),
    async read(name, file) {
      const bytes = entries.get(name)?.get(file);
      if (!bytes) throw missingFile('memory', name, file);
      return bytes.slice();
    },
    async write(name, files) {
      checkEntryName(name);
      entries.set(name, new Map(Object.entries(files).map(([file, bytes]) => [file, bytes.slice()])));
    },
    async remove(name) {
      entries.delete(name);
    },
    async lock() {
      if (locked) {
        throw new TrainerError(
          'trainer/locked',
          'This memory storage is in use by another run of this program; end it first.',
        );
      }
      locked = true;
      return {
        notices: [],
        release: async () => {
          locked = false;
        },
      };
    },
  };
}
