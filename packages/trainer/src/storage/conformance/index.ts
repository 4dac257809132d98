export { type StorageCase, storageCases } from './storage-cases.ts';
