import type { TrainEvent } from '@nt/trainer';
import type { FitPlan } from '../fit/fit-plan.ts';
import type { RunOptions } from '../fit/run-options.ts';
import type { Fit, Forecaster } from '../forecaster.ts';
import type { WorkerTrainEvent } from './messages.ts';

/** A training run that can be paused, resumed and stopped. */
export interface TrainingJob {
  /** The result; with reason `aborted` after `stop`. */
  readonly fit: Promise<Fit>;
  /** Resolves when a checkpoint has been written and nothing computes any more, or the run has ended. */
  pause(): Promise<void>;
  resume(): void;
  /** Ends the run after the running update; the last weights are kept. */
  stop(): void;
}

/**
 * Starts a run. A pause ends it with a checkpoint and resuming goes on from that one, so that a paused run is nowhere
 * but in its storage, costs nothing, and ends with the bits that it would have had without a pause.
 */
export function startJob(
  recipe: Pick<Forecaster, 'fit'>,
  plan: FitPlan,
  run: RunOptions & { readonly checkpoints: NonNullable<RunOptions['checkpoints']> },
  tell: (event: WorkerTrainEvent) => void,
): TrainingJob {
  const state: State = { wants: 'run', abort: new AbortController(), wake: () => {}, halt: null };
  const onEvent = spaced(tell);
  const work = async (): Promise<Fit> => {
    for (let resume = run.resume; ; resume = true) {
      state.abort = new AbortController();
      if (state.wants !== 'run') state.abort.abort(); // asked between two parts of the run
      const fit = await recipe.fit(plan, { ...run, resume, signal: state.abort.signal, onEvent });
      if (fit.result.reason !== 'aborted' || state.wants === 'stop') return fit;
      while (state.wants === 'pause') {
        tell({ type: 'paused', update: fit.result.updates });
        const woken = new Promise<void>((wake) => Object.assign(state, { wake }));
        state.halt?.done();
        await woken;
      }
      if ((state.wants as State['wants']) === 'stop') return fit;
      fit.forecaster.dispose();
    }
  };
  const want = (wants: State['wants']): void => {
    state.wants = wants;
    if (wants !== 'run') state.abort.abort();
    if (wants !== 'pause') state.wake();
  };
  const fit = work().finally(() => state.halt?.done());
  return {
    fit,
    pause() {
      if (state.wants !== 'pause') state.halt = signalled();
      want('pause');
      return state.halt!.promise;
    },
    resume: () => want('run'),
    stop: () => want('stop'),
  };
}

interface State {
  wants: 'run' | 'pause' | 'stop';
  abort: AbortController;
  wake: () => void;
  /** Of the last pause that was asked for. */
  halt: ReturnType<typeof signalled> | null;
}

function signalled(): { readonly promise: Promise<void>; readonly done: () => void } {
  let done = (): void => {};
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}

const milliseconds = 100;

/** Small networks make thousands of updates in a second: a page needs no message for each. */
function spaced(tell: (event: WorkerTrainEvent) => void): (event: TrainEvent) => void {
  let last = 0;
  return (event) => {
    if (event.type === 'run-end') return;
    if (event.type === 'update-end' && event.loss === null) {
      if (performance.now() - last < milliseconds) return;
      last = performance.now();
    }
    tell(event);
  };
}
