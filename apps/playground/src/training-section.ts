import type { ForecasterClient, TrainOutcome, TrainRequest, WorkerTrainEvent } from '@nt/forecast/worker';
import type { HistoryRow } from '@nt/trainer';
import { type LossChart, lossChart } from './charts/loss-chart.ts';
import { byId, short } from './dom.ts';
import { engineText } from './engine-text.ts';
import { inWordsOfThePage } from './remedy-words.ts';
import { keep } from './settings.ts';
import { trainingFigures } from './training-figures.ts';
import { withTotals } from './training-totals.ts';

let chart: LossChart | null = null;

/** A training that has ended, with its curves: updates of all networks one after the other. */
export interface ShownTraining {
  readonly outcome: TrainOutcome;
  readonly history: readonly HistoryRow[];
}

/** Trains in the worker and shows how it goes. @returns null when the run failed; the page says why */
export async function trainShown(client: ForecasterClient, request: TrainRequest): Promise<ShownTraining | null> {
  byId('training').hidden = false;
  byId('training').scrollIntoView({ block: 'nearest' });
  chart?.dispose();
  chart = lossChart(byId('loss-chart'));
  const status = byId('training-status');
  const figures = trainingFigures();
  const totals = withTotals();
  const buttons = runButtons(client);
  let wasLost = false;
  byId('engine-text').textContent = '';
  byId('not-kept').hidden = true;
  status.textContent = 'Preparing the engine …';
  try {
    const outcome = await client.train(request, (event) => {
      const told = totals.hear(event);
      if (told) chart?.add(told);
      figures.hear(event);
      if (event.type === 'planned') byId('engine-text').textContent = engineText(event.engine);
      if (event.type === 'engine-lost') wasLost = true;
      if (event.type === 'not-kept') showNotKept(event.message);
      const text = statusOf(event);
      if (text !== null)
        status.textContent = wasLost && event.type === 'run-start' ? `${text} (the engine was lost)` : text;
      buttons.show(event.type === 'paused' ? 'paused' : 'running');
    });
    figures.end();
    status.textContent = ending(outcome);
    return { outcome, history: totals.history() };
  } catch (error) {
    const kept = await client.keptRun(keep);
    const further = kept ? ' What was kept goes on with Continue, after the page was loaded anew.' : '';
    status.textContent = `The training failed: ${inWordsOfThePage((error as Error).message)}${further}`;
    return null;
  } finally {
    buttons.show('ended');
  }
}

function showNotKept(why: string): void {
  const place = byId('not-kept');
  place.textContent = `Leave this page open: after a reload the training would begin anew. ${why}`;
  place.hidden = false;
}

/** What is going on, in words; null where nothing has changed. */
function statusOf(event: WorkerTrainEvent): string | null {
  switch (event.type) {
    case 'run-start':
      return event.resumedFrom ? 'Training goes on …' : 'Training …';
    case 'member-start':
      return `Training ${event.member} …`;
    case 'member-end':
      return `${event.report.name}: validation MAE ${short(event.report.validation.mae)} (${short(event.report.seconds)} s).`;
    case 'refit-start':
      return `Training ${event.member} once more …`;
    case 'paused':
      return `Paused at update ${event.update}. A checkpoint is written.`;
    case 'engine-lost':
      return `${event.message} It goes on from the last checkpoint …`;
    default:
      return null;
  }
}

function ending({ reason, result, model }: TrainOutcome): string {
  if (result) {
    const { updates, seconds, weights } = result;
    return `${endings[reason]} ${updates} updates in ${short(seconds)} s; the ${weights} weights are used.`;
  }
  const { members, seconds, verdict } = model.recipe!;
  const stopped = reason === 'aborted' ? 'Stopped: what was finished is blended.' : 'Completed.';
  return `${stopped} ${members.length} members in ${short(seconds)} s. ${verdict.reason}`;
}

const endings: Readonly<Record<TrainOutcome['reason'], string>> = {
  completed: 'Completed.',
  'early-stopped': 'Completed: stopped early, since validation did not improve any more.',
  aborted: 'Stopped.',
  'max-time': 'Time is up.',
  nan: 'Stopped: the loss was no number. Try a smaller learning rate.',
};

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
