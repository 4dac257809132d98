import { DataError } from '../data-error.ts';
import type { WorkerStart } from './serve-batches.ts';

/** A running worker of either kind. */
export interface BatchWorker {
  /** Keeps the process alive, or lets it end; browsers need neither. */
  hold(isHeld: boolean): void;
  stop(): Promise<void>;
}

/** What a worker tells: a message came, or it is gone. */
export interface WorkerEvents {
  readonly onMessage: () => void;
  readonly onEnd: (reason: string) => void;
}

interface NodeThreads {
  readonly Worker: new (
    source: string,
    options: object,
  ) => {
    ref(): void;
    unref(): void;
    terminate(): Promise<number>;
    on(event: 'message', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'exit', listener: (code: number) => void): void;
  };
}

interface BrowserWorker {
  postMessage(message: WorkerStart): void;
  terminate(): void;
  addEventListener(type: string, listener: (event: { readonly message?: string }) => void): void;
}

interface Globals {
  readonly process?: { getBuiltinModule?: (name: string) => NodeThreads | undefined };
  readonly Worker?: new (url: string) => BrowserWorker;
  readonly SharedArrayBuffer?: unknown;
}

/**
 * Starts a worker. In Node it does not keep the process alive unless it is held.
 *
 * @throws DataError `data/no-worker` where there is no shared memory or no worker
 */
export function spawnBatchWorker(source: string, start: WorkerStart, events: WorkerEvents): BatchWorker {
  const { process, Worker } = globalThis as Globals;
  const threads = process?.getBuiltinModule?.('worker_threads');
  if (threads) return spawnInNode(threads, source, start, events);
  if (Worker) return spawnInBrowser(Worker, source, start, events);
  throw noWorker('no workers');
}

/** @throws DataError `data/no-worker` */
export function requireSharedMemory(): void {
  if ((globalThis as Globals).SharedArrayBuffer === undefined) throw noWorker('no shared memory');
}

function noWorker(what: string): DataError {
  const message = `prefetchBatches: this runtime has ${what}; in browsers the page must be isolated (headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp). Use batches, which gathers on this thread.`;
  return new DataError('data/no-worker', message);
}

function spawnInNode(threads: NodeThreads, source: string, start: WorkerStart, events: WorkerEvents): BatchWorker {
  const worker = new threads.Worker(source, { eval: true, workerData: start, execArgv: [], env: {} });
  worker.on('message', events.onMessage);
  worker.on('error', (error) => events.onEnd(error.message));
  worker.on('exit', (code) => events.onEnd(`exit code ${code}`));
  worker.unref();
  return {
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    stop: async () => {
      await worker.terminate();
    },
  };
}

function spawnInBrowser(
  Worker: NonNullable<Globals['Worker']>,
  source: string,
  start: WorkerStart,
  events: WorkerEvents,
): BatchWorker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.addEventListener('message', events.onMessage);
  worker.addEventListener('error', (event) => events.onEnd(event.message ?? 'it could not be loaded'));
  worker.postMessage(start);
  return {
    hold: () => undefined,
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
      return Promise.resolve();
    },
  };
}
