export { lendThreads } from './pool/lend-threads.ts';
export type { EngineThread, StartThread, ThreadStart } from './pool/start-thread.ts';
export { threadsOfPage } from './pool/threads-of-page.ts';
