import type { StartThread } from './start-thread.ts';

/** What a worker asks the page for: the thread of this number. */
export type ThreadRequest =
  | { readonly number: number; readonly program: string; readonly message: unknown }
  | { readonly number: number; readonly isOver: true };

/** What a page answers: the thread of this number could not start. */
export interface ThreadFailed {
  readonly failed: number;
}

/** A `MessagePort`, as far as it is used here. */
export interface Port<Said, Heard> {
  postMessage(message: Said): void;
  onmessage: ((event: { readonly data: Heard }) => void) | null;
}

/** The first message of a worker that wants threads of the page; the rest goes through the port. */
export interface ThreadsWanted {
  readonly ntThreads: Port<ThreadFailed, ThreadRequest>;
}

/** The end of a worker's line to its page. */
interface WorkerScope {
  postMessage(message: ThreadsWanted, transfer: ThreadsWanted['ntThreads'][]): void;
}

/**
 * For `createCpuBackend({ startThread })` in a worker: the page that called `lendThreads` with it starts the engine's threads.
 * Without the page's part none of them starts.
 *
 * @param scope default: the worker's own global scope
 */
export function threadsOfPage(scope: WorkerScope = globalThis as unknown as WorkerScope): StartThread {
  const channel = new MessageChannel() as unknown as {
    readonly port1: Port<ThreadRequest, ThreadFailed>;
    readonly port2: ThreadsWanted['ntThreads'];
  };
  const { port1: page, port2: ntThreads } = channel;
  const failures = new Map<number, () => void>();
  let last = 0;
  page.onmessage = ({ data }) => failures.get(data.failed)?.();
  scope.postMessage({ ntThreads }, [ntThreads]);
  return (start, failed) => {
    const number = ++last;
    failures.set(number, failed);
    page.postMessage({ number, ...start });
    return {
      terminate() {
        failures.delete(number);
        page.postMessage({ number, isOver: true });
      },
    };
  };
}
