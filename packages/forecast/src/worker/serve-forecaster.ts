import type { Tensor } from '@nt/tensor';
import { browserStorage } from '@nt/trainer/storage/browser';
import type { CreateEngine } from './engine-holder.ts';
import type { OpenStorage } from './kept-runs.ts';
import type { MessageEnd, WorkerBacktestEvent, WorkerReply, WorkerRequest, WorkerTrainEvent } from './messages.ts';
import type { OwnMethod } from './own-methods.ts';
import { toPlainError } from './plain-error.ts';
import { createSession, type Tell } from './session.ts';

/** What a worker brings along. */
export interface ServeOptions<T extends Tensor = Tensor> {
  /** Makes the engine when it is first needed, and again for another wish or after its device was lost. */
  readonly createEngine: CreateEngine<T>;
  /** Where runs are kept, by name; default `browserStorage`: the origin private file system, else IndexedDB. */
  readonly openStorage?: OpenStorage | undefined;
  /** Methods of your own by name, for `client.call`: they work on the data and the model where these are. */
  readonly methods?: Readonly<Record<string, OwnMethod>> | undefined;
  /** Who asks; default: the page that made this worker. */
  readonly port?: MessageEnd | undefined;
}

/**
 * Makes a worker of the module that calls it: it reads files, trains, forecasts and evaluates for the page behind
 * `connectForecaster`, which never computes. The messages are plain data (`WorkerRequest`, `WorkerReply`).
 */
export function serveForecaster<T extends Tensor>(options: ServeOptions<T>): void {
  const { createEngine, openStorage = browserStorage, methods, port = globalThis as unknown as MessageEnd } = options;
  const session = createSession(createEngine, openStorage, methods) as Readonly<
    Record<string, (parameter: unknown, tell: Tell) => Promise<unknown>>
  >;
  const answer = (reply: WorkerReply): void => port.postMessage(reply);
  port.addEventListener('message', async (event) => {
    const { id, method, parameter } = (event as Event & { readonly data: WorkerRequest }).data;
    try {
      if (!Object.hasOwn(session, method)) throw new Error(`The worker has no method '${method}'.`);
      answer({
        id,
        result: await session[method]!(parameter, (event: WorkerTrainEvent | WorkerBacktestEvent) =>
          answer({ id, event }),
        ),
      });
    } catch (error) {
      answer({ id, error: toPlainError(error) });
    }
  });
  port.start?.();
}
