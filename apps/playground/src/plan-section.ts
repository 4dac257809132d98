import type { ForecasterClient, ReadOptions } from '@nt/forecast/worker';
import type { DataSection, OpenFile } from './data-section.ts';
import { byId, element } from './dom.ts';
import { type Settings, trainRequest } from './settings.ts';

const input = (id: string): HTMLInputElement => byId<HTMLInputElement>(id);
const select = (id: string): HTMLSelectElement => byId<HTMLSelectElement>(id);

/** What the form says. */
export function readSettings(): Settings {
  return {
    target: select('target').value,
    horizon: input('horizon').valueAsNumber,
    inputSize: input('input-size').valueAsNumber,
    epochs: input('epochs').valueAsNumber,
    hiddenSize: input('hidden-size').valueAsNumber,
    learningRate: input('learning-rate').valueAsNumber,
    seed: input('seed').valueAsNumber,
    engine: select('engine').value,
  };
}

/** Fills the form for a file: its columns, and a horizon of about two seasons. */
export function showPlan({ preview }: OpenFile): void {
  const { seasonLength: season, report } = preview;
  const { targets, unused } = report.columns;
  const current = targets.join(', ');
  select('target').replaceChildren(
    element('option', { value: '' }, current),
    ...unused.map((name) => element('option', { value: name }, name)),
  );
  const horizon = season === 1 ? 12 : season < 10 ? 2 * season : season;
  input('horizon').value = String(horizon);
  input('input-size').value = String(4 * horizon);
  byId('plan-problem').textContent = '';
  byId('plan').hidden = false;
}

/** Shows settings of a run that goes on. */
export function showSettings(settings: Settings): void {
  const texts = {
    horizon: settings.horizon,
    'input-size': settings.inputSize,
    epochs: settings.epochs,
    'hidden-size': settings.hiddenSize,
    'learning-rate': settings.learningRate,
    seed: settings.seed,
  };
  for (const [id, value] of Object.entries(texts)) input(id).value = String(value);
  select('engine').value = settings.engine;
}

/** Another target reads the file again; `onTrain` gets settings that the worker has found possible. */
export function planSection(client: ForecasterClient, data: DataSection, onTrain: (settings: Settings) => void): void {
  select('target').addEventListener('change', () => {
    const target: keyof ReadOptions = 'target';
    void data.choose(target, select('target').value);
  });
  byId('plan-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const settings = readSettings();
    byId('plan-problem').textContent = '';
    try {
      await client.plan(trainRequest(settings));
      onTrain(settings);
    } catch (error) {
      byId('plan-problem').textContent = (error as Error).message;
    }
  });
}
