import type { EngineReport, ForecasterClient, ModelReport } from '@nt/forecast/worker';
import type { HistoryRow, TrainResult } from '@nt/trainer';
import type { OpenFile } from './data-section.ts';
import { byId, download, element } from './dom.ts';
import { forecastCsv, pngOf } from './downloads.ts';
import type { AskedPlot, AskedReport } from './report-methods.ts';
import type { ShownResult } from './result-section.ts';
import { ntCommand, typescriptSnippet } from './same-elsewhere.ts';
import { type Settings, trainRequest } from './settings.ts';

/** Everything that can be taken home. */
export interface Harvest {
  readonly open: OpenFile;
  readonly model: ModelReport;
  readonly result: ShownResult;
  readonly engine: EngineReport;
  /** Null of a model that was opened. */
  readonly trained: {
    readonly settings: Settings;
    readonly result: TrainResult | null;
    readonly history: readonly HistoryRow[];
  } | null;
}

let harvest: Harvest | null = null;

/** Shows what can be taken home now. */
export function offerHome(now: Harvest | null): void {
  harvest = now;
  byId('home').hidden = now === null;
  byId('home-status').textContent = '';
  if (!now) return;
  const settings = now.trained?.settings ?? null;
  byId('save-losses-png').hidden = now.trained === null;
  byId('save-errors-png').hidden = now.result.evaluation === null;
  byId('command').textContent = ntCommand(now.open, settings);
  byId('snippet').textContent = typescriptSnippet(now.open, settings);
  byId('command-text').textContent =
    settings?.what === 'network'
      ? 'The command saves the network alone. The intervals of this page, which the model above holds, are learnt from its errors on the validation part, as in the program below.'
      : 'The same up to rounding: other kernels add up in another order.';
}

/** Buttons for what is taken home; the worker makes it, so that the page stays free. */
export function takeHome(client: ForecasterClient): void {
  const status = byId('home-status');
  const give = (id: string, make: (from: Harvest) => Promise<void>): void => {
    byId(id).addEventListener('click', async () => {
      if (!harvest) return;
      status.textContent = '';
      try {
        await make(harvest);
      } catch (error) {
        status.textContent = (error as Error).message;
      }
    });
  };
  give('save-forecast', async ({ result, open: { preview } }) =>
    download('forecast.csv', forecastCsv(result.forecast, preview.target, preview.series.length > 1), 'text/csv'),
  );
  give('save-model', async () =>
    download('model.zip', await client.call<Uint8Array<ArrayBuffer>>('zipModel'), 'application/zip'),
  );
  give('save-report', async (from) =>
    download('report.html', await client.call<string>('report', askedReport(from)), 'text/html'),
  );
  const pictures: readonly (readonly [name: string, title: string, ask: (from: Harvest) => AskedPlot | null])[] = [
    [
      'forecast',
      'Forecast (PNG)',
      ({ result }) => ({ kind: 'forecast', series: result.series(), levels: result.levels }),
    ],
    ['losses', 'Losses (PNG)', ({ trained }) => trained && { kind: 'losses', history: trained.history }],
    ['errors', 'Errors (PNG)', ({ result: { evaluation } }) => evaluation && { kind: 'errors', evaluation }],
    ['backtest', 'Backtest (PNG)', () => ({ kind: 'backtest' })],
  ];
  byId('plots').replaceChildren(
    ...pictures.map(([name, title]) => element('button', { type: 'button', id: `save-${name}-png` }, title)),
  );
  for (const [name, , ask] of pictures)
    give(`save-${name}-png`, async (from) => {
      const asked = ask(from);
      const svg = asked && (await client.call<string | null>('plot', asked));
      if (!svg) throw new Error(missing[name]);
      download(`${name}.png`, await pngOf(svg), 'image/png');
    });
}

const missing: Readonly<Record<string, string>> = {
  losses: 'There are no losses: this model was not trained here.',
  errors: 'There are no errors: nothing of these data is new to the model.',
  backtest: 'There was no backtest yet.',
};

function askedReport({ open, model, result, engine, trained }: Harvest): AskedReport {
  const { description } = engine;
  const { result: own = null, history = [], settings = null } = trained ?? {};
  return {
    title: `${model.method}, ${trained ? 'trained' : 'used'} on ${open.name}`,
    levels: result.levels,
    evaluation: result.evaluation,
    series: result.series(),
    created: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    command: ntCommand(open, settings),
    environment: {
      Browser: navigator.userAgent,
      Engine: description.engine,
      Kernels: `${description.kernelSet}${description.threads === undefined ? '' : `, ${description.threads} threads`}`,
    },
    run: settings && runOf(settings),
    training: own && { result: own, history },
  };
}

/** What was trained, as a run of the library: without what belongs to this page. */
function runOf(settings: Settings): AskedReport['run'] {
  const request = trainRequest(settings);
  if ('recipe' in request) return { recipe: request.recipe };
  const { forecaster, plan } = request;
  return { forecaster: { modelType: 'nhits', ...forecaster } as never, plan };
}
