import { type WorkerStart, workerSource } from './worker-source.ts';

/** A running worker of either kind. */
export interface SpawnedWorker {
  terminate(): void;
}

interface NodeWorkerThreads {
  readonly Worker: new (
    source: string,
    options: object,
  ) => {
    unref(): void;
    terminate(): void;
    on(event: 'error', listener: (error: Error) => void): void;
  };
}

interface BrowserGlobals {
  readonly Worker?: new (
    url: string,
  ) => {
    postMessage(message: WorkerStart): void;
    terminate(): void;
    onerror: ((event: { preventDefault(): void }) => void) | null;
  };
  readonly Blob?: new (parts: string[], options: { type: string }) => object;
}

/**
 * Starts a worker, or gives undefined where there are none. In Node it does not keep the process alive.
 *
 * @param failed is called when it turns out later that it could not start
 */
export function spawnWorker(start: WorkerStart, failed: () => void): SpawnedWorker | undefined {
  const threads = builtinModule<NodeWorkerThreads>('node:worker_threads');
  if (threads) return spawnInNode(threads, start, failed);
  const { Worker, Blob } = globalThis as BrowserGlobals;
  if (!Worker || !Blob) return undefined;
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }) as never);
  try {
    const worker = new Worker(url);
    // Where a policy forbids the worker, this event is all that is heard of it.
    worker.onerror = (event) => {
      event.preventDefault();
      failed();
    };
    worker.postMessage(start);
    return worker;
  } catch {
    return undefined;
  }
}

function spawnInNode({ Worker }: NodeWorkerThreads, start: WorkerStart, failed: () => void): SpawnedWorker | undefined {
  try {
    const worker = new Worker(workerSource, {
      eval: true,
      workerData: start,
      execArgv: [],
      env: {},
      // It prints nothing. Else Node pipes both to the process's own, whose listeners then are so many, from eleven threads
      // on, that Node warns whoever adds one of a memory leak.
      stdout: true,
      stderr: true,
    });
    // A worker that could not start is simply not counted as ready.
    worker.on('error', failed);
    worker.unref();
    return worker;
  } catch {
    return undefined; // Node's permission model does not allow any
  }
}

/** A Node built-in without an import that bundlers for browsers would stumble over. */
export function builtinModule<Module>(name: string): Module | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => Module } };
  return process?.getBuiltinModule?.(name);
}
