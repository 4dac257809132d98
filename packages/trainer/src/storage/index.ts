export type { CheckpointStorage, StorageLock } from './checkpoint-storage.ts';
export { checkEntryName } from './entry-name.ts';
