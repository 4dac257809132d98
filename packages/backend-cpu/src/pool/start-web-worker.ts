import type { EngineThread, StartThread } from './start-thread.ts';

interface WebWorker extends EngineThread {
  postMessage(message: unknown): void;
  onerror: ((event: { preventDefault(): void }) => void) | null;
}

interface BrowserGlobals {
  readonly Worker?: new (url: string) => WebWorker;
  readonly Blob?: new (parts: string[], options: { type: string }) => object;
}

/** Starts a thread as a worker of a page, or of a worker of one. */
export const startWebWorker: StartThread = ({ program, message }, failed) => {
  const { Worker, Blob } = globalThis as BrowserGlobals;
  if (!Worker || !Blob) return undefined;
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }) as never);
  try {
    const worker = new Worker(url);
    // Where a policy forbids the worker, this event is all that is heard of it.
    worker.onerror = (event) => {
      event.preventDefault();
      failed();
    };
    worker.postMessage(message);
    return worker;
  } catch {
    return undefined;
  }
};
