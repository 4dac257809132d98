import 'uplot/dist/uPlot.min.css';
import './style.css';
import { connectForecaster, type ForecastReport, type TrainRequest } from '@nt/forecast/worker';
import { dataSection, type OpenFile } from './data-section.ts';
import { byId, download } from './dom.ts';
import { forecastCsv, openModel, saveModel } from './downloads.ts';
import { planSection, showPlan, showSettings } from './plan-section.ts';
import { showResult } from './result-section.ts';
import { keep, ntCommand, type Settings, settingsOf, trainRequest, typescriptSnippet } from './settings.ts';
import { themeButton } from './theme.ts';
import { trainShown } from './training-section.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const client = connectForecaster(worker);
const page: { open: OpenFile | null; forecast: ForecastReport | null } = { open: null, forecast: null };

const data = dataSection(client, (open) => {
  page.open = open;
  for (const id of ['plan', 'training', 'result']) byId(id).hidden = true;
  if (open) showPlan(open);
});

async function run(request: TrainRequest, settings: Settings): Promise<void> {
  const { open } = page;
  if (!open) return;
  byId('result').hidden = true;
  isTraining(true);
  const outcome = await trainShown(client, request);
  isTraining(false);
  if (outcome === null || outcome.result.reason === 'nan') return;
  await present(open, settings);
}

async function present(open: OpenFile, settings: Settings): Promise<void> {
  byId('command').textContent = ntCommand(open.name, open.options, settings);
  byId('snippet').textContent = typescriptSnippet(open.name, open.options, settings);
  page.forecast = await showResult(client, open);
}

/** The worker does one thing at a time: what would disturb a training cannot be pressed. */
function isTraining(disabled: boolean): void {
  const fields = document.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
    '#data :is(button, input, select), #plan :is(button, input, select)',
  );
  for (const field of fields) field.disabled = disabled;
}

planSection(client, data, (settings) => void run(trainRequest(settings), settings));

byId('save-forecast').addEventListener('click', () => {
  if (page.forecast && page.open)
    download('forecast.csv', forecastCsv(page.forecast, page.open.preview.target), 'text/csv');
});
byId('save-model').addEventListener('click', () => void saveModel(client));
byId('model-file').addEventListener('change', async ({ target }) => {
  const [zip] = (target as HTMLInputElement).files ?? [];
  if (!zip || !page.open) return;
  try {
    const state = await client.load(openModel(new Uint8Array(await zip.arrayBuffer())));
    const { forecaster } = state;
    await present(page.open, settingsOf({ forecaster: forecaster as TrainRequest['forecaster'] }, state.data.target));
  } catch (error) {
    byId('plan-problem').textContent = (error as Error).message;
  }
});

async function offerKept(): Promise<void> {
  const kept = await client.keptRun(keep);
  if (!kept) return;
  byId('kept').hidden = false;
  byId('kept-text').textContent =
    `It learned from ${kept.name} and had come to update ${kept.update}. Nothing is lost.`;
  byId('kept-forget').addEventListener('click', () => {
    byId('kept').hidden = true;
    void client.forgetKept(keep);
  });
  byId('kept-continue').addEventListener('click', async () => {
    byId('kept').hidden = true;
    const preview = await client.openKept(keep);
    data.show({ name: kept.name, options: kept.options, preview });
    const settings = settingsOf(kept.request, preview.target);
    showSettings(settings);
    await run({ ...kept.request, resume: true }, settings);
  });
}

themeButton();
offerKept().catch((error: Error) => {
  byId('data-status').textContent = error.message;
});
if (import.meta.env.PROD) void navigator.serviceWorker?.register('./service-worker.js');
