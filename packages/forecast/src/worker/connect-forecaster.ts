import type { MessageEnd, WorkerBacktestEvent, WorkerMethods, WorkerReply, WorkerTrainEvent } from './messages.ts';
import { fromPlainError } from './plain-error.ts';

/** The methods of a worker, to be called from the page. Errors are those that the packages throw, with code and details. */
export interface ForecasterClient extends Omit<WorkerMethods, 'train' | 'backtest'> {
  /** Trains in the worker; rejects when the training fails. */
  train(
    request: Parameters<WorkerMethods['train']>[0],
    onEvent?: (event: WorkerTrainEvent) => void,
  ): ReturnType<WorkerMethods['train']>;
  /** Trains and judges fold by fold through time. */
  backtest(
    request: Parameters<WorkerMethods['backtest']>[0],
    onEvent?: (event: WorkerBacktestEvent) => void,
  ): ReturnType<WorkerMethods['backtest']>;
  /** Calls a method that the worker brought along: `serveForecaster({ methods })`. */
  call<Result>(method: string, parameter?: unknown): Promise<Result>;
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
  decompose: true,
  evaluate: true,
  backtest: true,
  save: true,
  load: true,
  keptRun: true,
  openKept: true,
  forgetKept: true,
};

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: ((event: never) => void) | undefined;
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
      asked.onEvent?.(reply.event as never);
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
  const own = { call: (name: string, parameter?: unknown) => call(name)(parameter) };
  return Object.assign(own, Object.fromEntries(Object.keys(names).map((name) => [name, call(name)]))) as never;
}
