import type { MessageEnd, WorkerMethods, WorkerReply, WorkerTrainEvent } from './messages.ts';
import { fromPlainError } from './plain-error.ts';

/** The methods of a worker, to be called from the page. Errors are those that the packages throw, with code and details. */
export interface ForecasterClient extends Omit<WorkerMethods, 'train'> {
  /** Trains in the worker; rejects when the training fails. */
  train(
    request: Parameters<WorkerMethods['train']>[0],
    onEvent?: (event: WorkerTrainEvent) => void,
  ): ReturnType<WorkerMethods['train']>;
}

const names: Readonly<Record<keyof WorkerMethods, true>> = {
  engine: true,
  preview: true,
  lines: true,
  series: true,
  plan: true,
  train: true,
  pause: true,
  resume: true,
  stop: true,
  forecast: true,
  evaluate: true,
  save: true,
  load: true,
  keptRun: true,
  openKept: true,
  forgetKept: true,
};

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: ((event: WorkerTrainEvent) => void) | undefined;
}

/**
 * The page's side of a worker that called `serveForecaster`.
 *
 * @param worker a module worker, or a port to one
 */
export function connectForecaster(worker: MessageEnd): ForecasterClient {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  worker.addEventListener('message', (event) => {
    const reply = (event as Event & { readonly data: WorkerReply }).data;
    const asked = waiting.get(reply.id);
    if (!asked) return;
    if ('event' in reply) {
      asked.onEvent?.(reply.event);
      return;
    }
    waiting.delete(reply.id);
    if ('error' in reply) asked.reject(fromPlainError(reply.error));
    else asked.resolve(reply.result);
  });
  worker.start?.();
  worker.addEventListener('error', (event) => {
    const { message = 'its script did not load' } = event as { readonly message?: string };
    const error = new Error(`The worker failed: ${message}.`);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  const call =
    (method: string) =>
    (parameter?: unknown, onEvent?: Waiting['onEvent']): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject, onEvent });
        worker.postMessage({ id: lastId, method, parameter });
      });
  return Object.fromEntries(Object.keys(names).map((name) => [name, call(name)])) as unknown as ForecasterClient;
}
