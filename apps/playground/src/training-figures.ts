import type { WorkerTrainEvent } from '@nt/forecast/worker';
import { byId, element, short } from './dom.ts';

/** Between two looks at the figures. */
const milliseconds = 250;

const titles = ['Network', 'Update', 'Training loss', 'Validation loss', 'Windows/s', 'Time left at most'] as const;

/** How far a run is. */
interface State {
  /** Of the network that is trained. */
  maxUpdates: number;
  /** Updates of the networks after it, at most; null while their number is not known. */
  further: number | null;
  /** Updates of each network of a blend and of all of them, at most; null for one network. */
  blend: { readonly each: number; readonly all: number } | null;
  start: { readonly update: number; readonly seconds: number } | null;
}

/** Figures under fixed titles: their places do not move while they change. */
export function trainingFigures(): { hear(event: WorkerTrainEvent): void; end(): void } {
  const cells = titles.map(() => element('dd', {}, '–'));
  byId('figures').replaceChildren(
    ...titles.map((title, index) => element('div', {}, element('dt', {}, title), cells[index]!)),
  );
  const progress = byId<HTMLProgressElement>('progress');
  progress.value = 0;
  // Events come by the hundred a second; drawing each would take the processor from the training.
  const waiting = new Map<(typeof titles)[number], string>();
  let done = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    clearTimeout(timer);
    timer = undefined;
    progress.value = done;
    for (const [title, text] of waiting) cells[titles.indexOf(title)]!.textContent = text;
    waiting.clear();
  };
  const set = (title: (typeof titles)[number], text: string): void => {
    waiting.set(title, text);
    timer ??= setTimeout(show, milliseconds);
  };
  const state: State = { maxUpdates: 1, further: 0, blend: null, start: null };
  const hear = (event: WorkerTrainEvent): void => {
    if (event.type === 'planned' && 'networks' in event.plan) {
      const { networks, config } = event.plan;
      state.blend = { each: config.maxUpdates, all: networks * config.maxUpdates };
    }
    if (event.type === 'member-start' || event.type === 'refit-start') {
      const { member, index, count } = event;
      set('Network', member);
      // Rules and ridges, which come first, take seconds.
      state.further = count === null ? null : (count - index - 1) * state.blend!.each;
    }
    const own = event.type === 'training' ? event.event : event;
    if (own.type === 'run-start') {
      if (state.blend === null) set('Network', 'nhits');
      state.maxUpdates = own.maxUpdates ?? 1;
      state.start = null;
    }
    if (own.type === 'validation-end' && !own.sanity)
      set('Validation loss', short(Object.values(own.metrics)[0] ?? Number.NaN));
    if (own.type !== 'update-end') return;
    state.start ??= { update: own.update, seconds: own.seconds };
    const left = state.maxUpdates - own.update + (state.further ?? 0);
    done = 1 - left / (state.blend?.all ?? state.maxUpdates);
    set('Update', `${own.update} of ${state.maxUpdates}`);
    if (own.loss !== null) set('Training loss', short(own.loss));
    const rate = (own.update - state.start.update) / (own.seconds - state.start.seconds);
    if (!Number.isFinite(rate) || rate <= 0) return;
    set('Windows/s', short(rate * own.size));
    if (state.further !== null) set('Time left at most', duration(left / rate));
  };
  return {
    hear,
    end() {
      done = 1;
      set('Time left at most', '–');
      show();
    },
  };
}

/** `45 s`, `3 min`, `1.5 h`. */
function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
