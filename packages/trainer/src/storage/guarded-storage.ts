import { guarded } from '../guarded.ts';
import type { CheckpointStorage } from './checkpoint-storage.ts';

/** A storage whose errors are all TrainerErrors, `trainer/storage` unless it has chosen another code itself. */
export function guardedStorage(storage: CheckpointStorage): CheckpointStorage {
  const guard = <Result>(action: string, work: () => Promise<Result>): Promise<Result> =>
    guarded('trainer/storage', `${action} in ${storage.location}`, async () => work());
  return {
    location: storage.location,
    list: () => guard('list checkpoints', () => storage.list()),
    files: (name) => guard(`list the files of '${name}'`, () => storage.files(name)),
    read: (name, file) => guard(`read '${name}/${file}'`, () => storage.read(name, file)),
    write: (name, files) => guard(`write checkpoint '${name}'`, () => storage.write(name, files)),
    ...(storage.writeInParts && {
      writeInParts: (name, files) => guard(`write checkpoint '${name}'`, () => storage.writeInParts!(name, files)),
    }),
    remove: (name) => guard(`remove checkpoint '${name}'`, () => storage.remove(name)),
    async lock() {
      const lock = await guard('take the lock', () => storage.lock());
      return { notices: lock.notices, release: () => guard('release the lock', () => lock.release()) };
    },
  };
}
