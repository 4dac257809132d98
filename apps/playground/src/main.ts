import 'uplot/dist/uPlot.min.css';
import './style.css';
import { lendThreads } from '@nt/backend-cpu/threads';
import { connectForecaster, type TrainRequest } from '@nt/forecast/worker';
import { backtestSection, offerBacktest } from './backtest-section.ts';
import { dataSection, type OpenFile } from './data-section.ts';
import { byId } from './dom.ts';
import { modelSection } from './model-section.ts';
import { planSection, showPlan, showSettings } from './plan-section.ts';
import { showResult } from './result-section.ts';
import { keep, settingsOf, trainRequest } from './settings.ts';
import { type Harvest, offerHome, takeHome } from './take-home.ts';
import { themeButton } from './theme.ts';
import { trainShown } from './training-section.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
// Else Firefox stops for good now and then while its developer tools are open.
lendThreads(worker);
const client = connectForecaster(worker);
const page: { open: OpenFile | null; harvest: Harvest | null } = { open: null, harvest: null };

const data = dataSection(client, (open) => {
  page.open = open;
  for (const id of ['plan', 'training']) byId(id).hidden = true;
  clearResult();
  if (open) showPlan(open);
});

function clearResult(): void {
  page.harvest = null;
  byId('result').hidden = true;
  offerBacktest(false);
  offerHome(null);
}

async function run(request: TrainRequest): Promise<void> {
  const { open } = page;
  if (!open) return;
  clearResult();
  isBusy(true);
  const shown = await trainShown(client, request);
  isBusy(false);
  if (shown === null || shown.outcome.reason === 'nan') return;
  const { outcome, history } = shown;
  await present({
    ...{ open, model: outcome.model },
    trained: { settings: settingsOf(request), result: outcome.result, history },
  });
}

async function present(about: Pick<Harvest, 'open' | 'model' | 'trained'>): Promise<void> {
  const result = await showResult(client, about.open, about.model);
  page.harvest = { ...about, result, engine: await client.engine(undefined) };
  offerBacktest(about.trained !== null);
  offerHome(page.harvest);
}

/** The worker does one thing at a time: what would disturb a training cannot be pressed. */
function isBusy(disabled: boolean): void {
  const fields = document.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
    ':is(#data, #plan, #home, #backtest-form .fields) :is(button, input, select), #backtest-start, #series',
  );
  for (const field of fields) field.disabled = disabled;
}

planSection(client, data, isBusy, (settings) => void run(trainRequest(settings)));
takeHome(client);
backtestSection(
  client,
  () => {
    const { trained, open, model, result } = page.harvest ?? {};
    if (!trained || !open || !model || !result) return null;
    return { open, request: trainRequest(trained.settings), horizon: model.horizon, levels: result.levels };
  },
  isBusy,
);
modelSection(client, async (model) => {
  byId('training').hidden = true;
  clearResult();
  // The file is read as the model's data were, unless the form says otherwise.
  const open = await data.reread({ asModel: true });
  if (open) await present({ open, model, trained: null });
});

async function offerKept(): Promise<void> {
  const kept = await client.keptRun(keep);
  if (!kept) return;
  const goOn = async (): Promise<void> => {
    byId('kept').hidden = true;
    const preview = await client.openKept(keep);
    data.show({ name: kept.name, options: kept.options, preview });
    showSettings(settingsOf(kept.request));
    await run({ ...kept.request, resume: true });
  };
  // A tab that the browser put away itself goes on by itself.
  if ((document as { readonly wasDiscarded?: boolean }).wasDiscarded) return goOn();
  byId('kept').hidden = false;
  byId('kept-text').textContent =
    kept.update > 0
      ? `It learned from ${kept.name}; what it had learned up to update ${kept.update} is kept.`
      : `It had just begun to learn from ${kept.name}. File and settings are kept: it begins again.`;
  byId('kept-forget').addEventListener('click', () => {
    byId('kept').hidden = true;
    void client.forgetKept(keep);
  });
  byId('kept-continue').addEventListener('click', () => void goOn());
}

themeButton();
offerKept().catch((error: Error) => {
  byId('data-status').textContent = error.message;
});
// A window that may store nothing refuses: then the page needs its network again.
if (import.meta.env.PROD) navigator.serviceWorker?.register('./service-worker.js').catch(() => {});
