import { constants } from 'node:os';
import { checkOptions } from '../options/check-options.ts';
import { listOf, oneOf } from '../options/expectations.ts';

/** What stops a run from outside. */
export interface SignalWatch {
  /** Aborts at the first of the signals. */
  readonly signal: AbortSignal;
  /** The signal that came; null before. */
  readonly received: NodeJS.Signals | null;
  /** Stops listening; call it when the run is over. */
  dispose(): void;
}

/**
 * Turns SIGINT and SIGTERM into an AbortSignal for `TrainOptions.signal`: the run finishes its update, saves a
 * checkpoint and ends. The first signal also stops the listening, so that a second one has its usual effect and ends
 * the process at once; the checkpoints that exist are whole then, too.
 *
 * @throws TrainerError `trainer/bad-option` for what is no signal
 */
export function abortOnSignals(signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']): SignalWatch {
  const known = oneOf(...Object.keys(constants.signals));
  checkOptions('abortOnSignals', { signals }, { signals: listOf(known) });
  const controller = new AbortController();
  let received: NodeJS.Signals | null = null;
  const dispose = (): void => {
    for (const name of signals) process.off(name, listener);
  };
  const listener = (name: NodeJS.Signals): void => {
    received = name;
    dispose();
    controller.abort(name);
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    get received() {
      return received;
    },
    dispose,
  };
}
