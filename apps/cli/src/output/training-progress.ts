import type { TrainEvent } from '@nt/trainer';
import { trainingProgressOf } from '../jobs/training-progress-of.ts';
import { isCall, tellCall } from '../mcp/call-channel.ts';
import { duration, short, whole } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** Where the training of one of several networks stands among the others. */
export interface ProgressPlace {
  /** Which of how many. */
  readonly text: string;
  /** Updates of the networks after it, at most. */
  readonly furtherUpdates: number;
}

/** Shows training: a bar on a terminal, a line for each validation anywhere else. */
export async function trainingProgress(terminal: Terminal): Promise<(event: TrainEvent) => void> {
  return progressOf(terminal, terminal.isInteractive ? await barView() : isCall() ? callView() : lineView(terminal));
}

/** The same for the networks of a blend, one after the other. */
export async function networksProgress(
  terminal: Terminal,
): Promise<(place: ProgressPlace) => (event: TrainEvent) => void> {
  const bar = terminal.isInteractive ? await barView() : undefined;
  const lines = (text: string): View => (isCall() ? callView(text) : checkView(terminal, text));
  return (place) => progressOf(terminal, bar ?? lines(place.text), place);
}

function progressOf(terminal: Terminal, show: View, place?: ProgressPlace): (event: TrainEvent) => void {
  const state: ProgressState = {
    place: place?.text,
    furtherUpdates: place?.furtherUpdates ?? 0,
    windows: 0,
    startedAt: performance.now(),
    update: 0,
    firstUpdate: 0,
    maxUpdates: null,
    epoch: 0,
    loss: Number.NaN,
    validation: Number.NaN,
    best: '',
  };
  return (event) => {
    track(state, event);
    show(event, state);
    if (event.type === 'notice') terminal.line(event.message);
  };
}

interface ProgressState {
  readonly place: string | undefined;
  readonly furtherUpdates: number;
  /** Of this process; a resumed run has had others. */
  windows: number;
  /** Milliseconds of `performance.now`. */
  startedAt: number;
  update: number;
  firstUpdate: number;
  maxUpdates: number | null;
  epoch: number;
  loss: number;
  validation: number;
  best: string;
}

type View = (event: TrainEvent, state: ProgressState) => void;

function track(state: ProgressState, event: TrainEvent): void {
  if (event.type === 'run-start') {
    state.startedAt = performance.now();
    state.maxUpdates = event.maxUpdates;
    state.firstUpdate = event.update;
    state.update = event.update;
  } else if (event.type === 'update-end') {
    state.windows += event.size;
    state.update = event.update;
    state.epoch = event.epoch;
    if (event.loss !== null) state.loss = event.loss;
  } else if (event.type === 'epoch-end') {
    state.loss = event.trainLoss;
  } else if (event.type === 'validation-end') {
    state.validation = event.metrics['validationLoss'] ?? Number.NaN;
    state.best = event.improved ? ' (best)' : '';
  }
}

/** Seconds since training began, or went on. */
const elapsed = ({ startedAt }: ProgressState): number => Math.max(performance.now() - startedAt, 1e-6) / 1000;

const speed = (state: ProgressState): string => `${whole(state.windows / elapsed(state))} windows/s`;

function remaining(state: ProgressState): string {
  const done = state.update - state.firstUpdate;
  if (state.maxUpdates === null || done === 0) return '–';
  const further = state.maxUpdates - state.update + state.furtherUpdates;
  return duration((further * elapsed(state)) / done);
}

/** More often is not seen, and writing the line takes as long as an update of a small network. */
const drawsPerSecond = 8;

async function barView(): Promise<View> {
  // CommonJS: its names are found by Node, not in a bundle.
  const { default: progress } = await import('cli-progress');
  const format =
    '{place} {bar} {percentage} % · {speed} · loss {loss} · validation {validation} · at most {remaining} left';
  const bar = new progress.SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    barsize: 20,
    fps: drawsPerSecond,
    clearOnComplete: true,
    gracefulExit: false,
  });
  let drawnAt = Number.NEGATIVE_INFINITY;
  return (event, state) => {
    const fields = () => ({
      place: state.place ?? `epoch ${state.epoch + 1}`,
      speed: speed(state),
      loss: short(state.loss),
      validation: `${short(state.validation)}${state.best}`,
      remaining: remaining(state),
    });
    if (event.type === 'run-start') bar.start(event.maxUpdates ?? 0, event.update, fields());
    if (event.type === 'run-end') bar.stop();
    if (event.type === 'update-end' && elapsed(state) - drawnAt >= 1 / drawsPerSecond) {
      drawnAt = elapsed(state);
      bar.update(event.update, fields());
    }
  };
}

/** A line for each epoch, written when it is known whether a validation belongs to it. */
function lineView(terminal: Terminal): View {
  let pending: number | null = null;
  return (event, state) => {
    if (event.type === 'epoch-end') pending = event.epoch;
    const isComplete = event.type === 'validation-end' || event.type === 'epoch-start' || event.type === 'run-end';
    if (pending === null || !isComplete) return;
    const validation = event.type === 'validation-end' ? ` · validation ${short(state.validation)}${state.best}` : '';
    const of = state.maxUpdates === null ? '' : ` of ${state.maxUpdates}`;
    terminal.line(
      `epoch ${pending + 1} · update ${state.update}${of} · ${speed(state)} · loss ${short(state.loss)}${validation} · at most ${remaining(state)} left`,
    );
    pending = null;
  };
}

/** A line for each check: networks of a blend have short epochs and many. */
const checkView =
  (terminal: Terminal, place: string): View =>
  (event, state) => {
    if (event.type !== 'validation-end' || event.sanity) return;
    terminal.line(
      `${place} · update ${state.update} of ${state.maxUpdates} · ${speed(state)} · validation ${short(state.validation)}${state.best} · at most ${remaining(state)} left`,
    );
  };

/** For an agent, whose server tells it. */
function callView(member?: string): View {
  const told = trainingProgressOf((progress) => tellCall({ type: 'progress', progress }));
  return (event) => told(event, member);
}
