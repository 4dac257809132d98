export type { CheckpointStorage, FileInParts, StorageLock } from './checkpoint-storage.ts';
export { checkEntryName } from './entry-name.ts';
