import type { ModelFiles } from '@nt/forecast';
import type { ForecasterClient, ModelReport } from '@nt/forecast/worker';
import { byId } from './dom.ts';
import type { PlacedFile } from './model-zip.ts';
import { inWordsOfThePage } from './remedy-words.ts';

/** Models come as a zip or as a folder; `onOpen` hears of each that could be loaded. */
export function modelSection(client: ForecasterClient, onOpen: (model: ModelReport) => Promise<void>): void {
  for (const id of ['model-file', 'model-folder']) {
    const input = byId<HTMLInputElement>(id);
    input.addEventListener('change', async () => {
      const placed = [...(input.files ?? [])].map(
        (file): PlacedFile => ({ path: file.webkitRelativePath || file.name, file }),
      );
      input.value = ''; // the same one, changed meanwhile, can be chosen again
      if (placed.length === 0) return;
      const problem = byId('model-problem');
      problem.textContent = '';
      try {
        await onOpen(await client.load(await client.call<ModelFiles>('openModel', placed)));
      } catch (error) {
        problem.textContent = inWordsOfThePage((error as Error).message);
      }
    });
  }
}
