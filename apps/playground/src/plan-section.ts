import type { ForecasterClient, ReadOptions } from '@nt/forecast/worker';
import type { DataSection, OpenFile } from './data-section.ts';
import { byId, element } from './dom.ts';
import { inWordsOfThePage } from './remedy-words.ts';
import { type Settings, type Trainable, trainRequest } from './settings.ts';

const input = (id: string): HTMLInputElement => byId<HTMLInputElement>(id);
const select = (id: string): HTMLSelectElement => byId<HTMLSelectElement>(id);

/** What it is, and how long it takes: no page knows before it has begun, so nothing more exact is said. */
const texts: Readonly<Record<Trainable, string>> = {
  fast: 'As nt train --preset fast: ridge regressions and two N-HiTS networks, blended by validation. A minute or two for some thousand rows on a laptop.',
  accurate:
    'As nt train: ridge regressions and six larger N-HiTS networks, blended by validation. Ten times as long as fast: leave the page open, or come back and continue.',
  network: 'One N-HiTS network, as small and as short as you like: seconds.',
};

/** What the form says. */
export function readSettings(): Settings {
  const what = select('what').value as Trainable;
  return {
    what,
    horizon: input('horizon').valueAsNumber,
    seed: input('seed').valueAsNumber,
    engine: select('engine').value,
    network:
      what === 'network'
        ? {
            inputSize: input('input-size').valueAsNumber,
            epochs: input('epochs').valueAsNumber,
            hiddenSize: input('hidden-size').valueAsNumber,
            learningRate: input('learning-rate').valueAsNumber,
          }
        : null,
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
  for (const id of ['plan-problem', 'model-problem']) byId(id).textContent = '';
  byId('plan').hidden = false;
}

/** Shows settings of a run that goes on. */
export function showSettings({ what, horizon, seed, engine, network }: Settings): void {
  select('what').value = what;
  showWhat();
  const values = {
    horizon,
    seed,
    ...(network && {
      'input-size': network.inputSize,
      epochs: network.epochs,
      'hidden-size': network.hiddenSize,
      'learning-rate': network.learningRate,
    }),
  };
  for (const [id, value] of Object.entries(values)) input(id).value = String(value);
  select('engine').value = engine;
}

/** Fields that only one network has are shown with it, and asked for with it. */
function showWhat(): void {
  const what = select('what').value as Trainable;
  byId('what-text').textContent = texts[what];
  byId('network-fields').hidden = what !== 'network';
  for (const field of byId('network-fields').querySelectorAll('input')) field.required = what === 'network';
}

/**
 * Another target reads the file again; `onTrain` gets settings that the worker has found possible. While it looks at them
 * the page is busy: a second click would train twice, a file that is dropped would be trained on unseen.
 */
export function planSection(
  client: ForecasterClient,
  data: DataSection,
  isBusy: (busy: boolean) => void,
  onTrain: (settings: Settings) => void,
): void {
  select('target').addEventListener('change', () => {
    const target: keyof ReadOptions = 'target';
    void data.choose(target, select('target').value);
  });
  select('what').addEventListener('change', showWhat);
  showWhat();
  byId('plan-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const settings = readSettings();
    byId('plan-problem').textContent = '';
    const button = document.activeElement;
    isBusy(true);
    try {
      await client.plan(trainRequest(settings));
    } catch (error) {
      byId('plan-problem').textContent = inWordsOfThePage((error as Error).message);
      return;
    } finally {
      isBusy(false);
      // Who presses keys stays where he was: what cannot be pressed loses the focus.
      if (button instanceof HTMLElement) button.focus();
    }
    onTrain(settings);
  });
}
