import type { EngineThread } from './start-thread.ts';
import { startWebWorker } from './start-web-worker.ts';
import type { ThreadsWanted } from './threads-of-page.ts';

/** A worker, as the page has it. */
interface WorkerOfPage {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * In a page, before the worker creates its engine with `startThread: threadsOfPage()`: the page starts the engine's threads
 * for it, instead of the worker. Firefox needs that while its developer tools are open or a program steers it: a worker that
 * starts a worker then sometimes waits for ever for the page's thread, whose one wake-up the new worker has taken.
 *
 * Whoever terminates the worker ends its threads as well, by `terminate` of what is returned: they are the page's own.
 *
 * The worker's first message is `{ ntThreads }`: other listeners of the page have to let it pass.
 */
export function lendThreads(worker: WorkerOfPage): EngineThread {
  const ports: Map<number, EngineThread>[] = [];
  worker.addEventListener('message', ({ data }) => {
    const port = (data as Partial<ThreadsWanted> | null)?.ntThreads;
    if (!port) return;
    const threads = new Map<number, EngineThread>();
    ports.push(threads);
    port.onmessage = ({ data: request }) => {
      const { number } = request;
      if ('isOver' in request) {
        threads.get(number)?.terminate();
        threads.delete(number);
        return;
      }
      const failed = (): void => port.postMessage({ failed: number });
      const thread = startWebWorker(request, failed);
      if (thread) threads.set(number, thread);
      else failed();
    };
  });
  return {
    terminate() {
      for (const threads of ports) for (const thread of threads.values()) thread.terminate();
      ports.length = 0;
    },
  };
}
