import { serveBatches, type WorkerStart } from './serve-batches.ts';

interface NodeThreads {
  readonly workerData: WorkerStart;
  readonly parentPort: { postMessage(message: null): void };
}

interface WorkerGlobals {
  readonly process?: { getBuiltinModule?: (name: string) => NodeThreads };
  addEventListener(type: 'message', listener: (event: { data: WorkerStart }) => void): void;
  postMessage(message: null): void;
}

/** The whole program of the worker; `pnpm -F @nt/data build:worker` makes a source text of it. */
const globals = globalThis as unknown as WorkerGlobals;
const threads = globals.process?.getBuiltinModule?.('worker_threads');
if (threads) serveBatches(threads.workerData, () => threads.parentPort.postMessage(null));
else globals.addEventListener('message', ({ data }) => serveBatches(data, () => globals.postMessage(null)));
