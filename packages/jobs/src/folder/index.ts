export { folderQueue } from './folder-queue.ts';
