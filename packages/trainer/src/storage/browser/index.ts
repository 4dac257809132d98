export { browserStorage } from './browser-storage.ts';
export { indexedDbStorage } from './indexed-db-storage.ts';
export { opfsStorage } from './opfs-storage.ts';
