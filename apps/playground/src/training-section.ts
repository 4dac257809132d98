import type { ForecasterClient, TrainOutcome, TrainRequest, WorkerTrainEvent } from '@nt/forecast/worker';
import { type LossChart, lossChart } from './charts/loss-chart.ts';
import { byId, element, short } from './dom.ts';
import { batchSize } from './settings.ts';

let chart: LossChart | null = null;

/** Trains in the worker and shows how it goes. @returns null when the run failed; the page says why */
export async function trainShown(client: ForecasterClient, request: TrainRequest): Promise<TrainOutcome | null> {
  byId('training').hidden = false;
  byId('training').scrollIntoView({ block: 'nearest' });
  chart?.dispose();
  chart = lossChart(byId('loss-chart'));
  const status = byId('training-status');
  const view = progressView();
  const buttons = runButtons(client);
  status.textContent = 'Preparing the engine …';
  try {
    const outcome = await client.train(request, (event) => {
      chart?.add(event);
      view(event);
      if (event.type === 'run-start') status.textContent = event.resumedFrom ? 'Training goes on …' : 'Training …';
      if (event.type === 'paused') status.textContent = `Paused at update ${event.update}. A checkpoint is written.`;
      buttons.show(event.type === 'paused' ? 'paused' : 'running');
    });
    const { reason, updates, seconds, weights } = outcome.result;
    status.textContent = `${endings[reason]} ${updates} updates in ${short(seconds)} s; the ${weights} weights are used.`;
    return outcome;
  } catch (error) {
    status.textContent = `The training failed: ${(error as Error).message} Load the page anew and choose Continue to go on from the last checkpoint.`;
    return null;
  } finally {
    buttons.show('ended');
  }
}

const endings: Readonly<Record<TrainOutcome['result']['reason'], string>> = {
  completed: 'Completed.',
  'early-stopped': 'Stopped early: validation did not improve any more.',
  aborted: 'Stopped.',
  'max-time': 'Time is up.',
  nan: 'Stopped: the loss was no number. Try a smaller learning rate.',
};

/** Figures under fixed titles: their places do not move while they change. */
function progressView(): (event: WorkerTrainEvent) => void {
  const figures = byId('figures');
  const titles = ['Update', 'Training loss', 'Validation loss', 'Windows/s', 'Time left'] as const;
  const cells = titles.map(() => element('dd', {}, '–'));
  figures.replaceChildren(...titles.map((title, index) => element('div', {}, element('dt', {}, title), cells[index]!)));
  const set = (title: (typeof titles)[number], text: string): void => {
    cells[titles.indexOf(title)]!.textContent = text;
  };
  let [maxUpdates, start] = [1, { update: 0, seconds: 0 }];
  return (event) => {
    if (event.type === 'planned') {
      const { description, reason } = event.engine;
      const threads = description.threads === undefined ? '' : `, ${description.threads} thread(s)`;
      byId('engine-text').textContent =
        `Engine: ${description.engine}, ${description.device} (${description.kernelSet}${threads}). ${reason} ${description.limitations.join(' ')}`;
    }
    if (event.type === 'run-start') {
      maxUpdates = event.maxUpdates ?? 1;
      start = { update: event.update, seconds: -1 };
    }
    if (event.type === 'validation-end' && !event.sanity)
      set('Validation loss', short(Object.values(event.metrics)[0] ?? Number.NaN));
    if (event.type !== 'update-end') return;
    if (start.seconds < 0) start = { update: event.update, seconds: event.seconds };
    const rate = (event.update - start.update) / (event.seconds - start.seconds);
    byId<HTMLProgressElement>('progress').value = event.update / maxUpdates;
    set('Update', `${event.update} of ${maxUpdates}`);
    if (event.loss !== null) set('Training loss', short(event.loss));
    if (!Number.isFinite(rate) || rate <= 0) return;
    set('Windows/s', short(rate * batchSize));
    set('Time left', `${Math.ceil((maxUpdates - event.update) / rate)} s`);
  };
}

function runButtons(client: ForecasterClient): { show(state: 'running' | 'paused' | 'ended'): void } {
  const [pause, stop] = [byId<HTMLButtonElement>('pause'), byId<HTMLButtonElement>('stop')];
  let isPaused = false;
  pause.onclick = () => void (isPaused ? client.resume() : client.pause());
  stop.onclick = () => void client.stop();
  return {
    show(state) {
      isPaused = state === 'paused';
      pause.textContent = isPaused ? 'Resume' : 'Pause';
      pause.disabled = stop.disabled = state === 'ended';
    },
  };
}
