import type { TrainEvent, TrainResult } from '@nt/trainer';
import type { Predictor } from '../predictor.ts';
import type { BlendEvent } from '../recipe/blend-options.ts';
import type { RunningWork } from './hand.ts';
import type { WorkerTrainEvent } from './messages.ts';

/** What one go at a training came to. */
export interface Attempt {
  readonly reason: TrainResult['reason'];
  /** Null of a blend. */
  readonly result: TrainResult | null;
  /** The model, when this was the last go. */
  finish(): Promise<Predictor>;
  /** Frees what it trained, when another go follows. */
  dispose(): void;
}

/** A go at a training: from the beginning, or from what was kept of the one before. */
export type Train = (about: {
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainEvent | BlendEvent) => void;
}) => Promise<Attempt>;

/** A training run that can be paused, resumed and stopped; pausing resolves when nothing computes any more. */
export interface TrainingJob extends RunningWork {
  /** The result; with reason `aborted` after `stop`. */
  readonly end: Promise<Attempt>;
}

/** How a job begins, and what it does about errors. */
export interface JobOptions {
  /** Goes on from checkpoints. */
  readonly resume: boolean;
  /** Whether the run can go on after this error, from its newest checkpoint. */
  readonly recover: (error: unknown) => Promise<boolean>;
}

/**
 * Starts a run. A pause ends it with a checkpoint and resuming goes on from that one, so that a paused run is nowhere
 * but in its storage, costs nothing, and ends with the bits that it would have had without a pause.
 */
export function startJob(
  train: Train,
  { resume: first, recover }: JobOptions,
  tell: (event: WorkerTrainEvent) => void,
): TrainingJob {
  const state: State = { wants: 'run', abort: new AbortController(), wake: () => {}, halt: null };
  let update = 0;
  const hear = spaced(tell);
  const onEvent = (event: TrainEvent | BlendEvent): void => {
    const own = event.type === 'training' ? event.event : event;
    if ('update' in own) update = own.update;
    hear(event);
  };
  const work = async (): Promise<Attempt> => {
    for (let resume = first; ; resume = true) {
      state.abort = new AbortController();
      if (state.wants !== 'run') state.abort.abort(); // asked between two parts of the run
      let attempt: Attempt;
      try {
        attempt = await train({ resume, signal: state.abort.signal, onEvent });
      } catch (error) {
        if (await recover(error)) continue;
        throw error;
      }
      if (attempt.reason !== 'aborted' || state.wants === 'stop') return attempt;
      while (state.wants === 'pause') {
        tell({ type: 'paused', update });
        const woken = new Promise<void>((wake) => Object.assign(state, { wake }));
        state.halt?.done();
        await woken;
      }
      if ((state.wants as State['wants']) === 'stop') return attempt;
      attempt.dispose();
    }
  };
  const want = (wants: State['wants']): void => {
    state.wants = wants;
    if (wants !== 'run') state.abort.abort();
    if (wants !== 'pause') state.wake();
  };
  const end = work().finally(() => state.halt?.done());
  return {
    end,
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
export function spaced(
  tell: (event: Exclude<TrainEvent, { type: 'run-end' }> | BlendEventToTell) => void,
): (event: TrainEvent | BlendEvent) => void {
  let last = 0;
  return (event) => {
    const own = event.type === 'training' ? event.event : event;
    if (own.type === 'run-end') return;
    if (own.type === 'update-end' && own.loss === null) {
      if (performance.now() - last < milliseconds) return;
      last = performance.now();
    }
    tell(event as never);
  };
}

type BlendEventToTell = Extract<WorkerTrainEvent, { readonly type: BlendEvent['type'] }>;
