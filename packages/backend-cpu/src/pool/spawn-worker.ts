import type { EngineThread, StartThread } from './start-thread.ts';
import { startWebWorker } from './start-web-worker.ts';
import { type WorkerStart, workerSource } from './worker-source.ts';

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

/**
 * Starts a worker, or gives undefined where there are none. In Node it does not keep the process alive.
 *
 * @param failed is called when it turns out later that it could not start
 * @param startThread of who starts threads otherwise
 */
export function spawnWorker(
  start: WorkerStart,
  failed: () => void,
  startThread?: StartThread,
): EngineThread | undefined {
  const own = builtinModule<NodeWorkerThreads>('node:worker_threads');
  if (own && !startThread) return spawnInNode(own, start, failed);
  return (startThread ?? startWebWorker)({ program: workerSource, message: start }, failed);
}

function spawnInNode({ Worker }: NodeWorkerThreads, start: WorkerStart, failed: () => void): EngineThread | undefined {
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
