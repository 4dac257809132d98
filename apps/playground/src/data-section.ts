import type { DataPreview, ForecasterClient, ReadOptions } from '@nt/forecast/worker';
import { showProblem } from './data-problem.ts';
import { byId, element } from './dom.ts';
import { readingForm } from './reading-fields.ts';
import { inWordsOfThePage } from './remedy-words.ts';
import { type Sample, samples } from './samples.ts';

/** A file that was read. */
export interface OpenFile {
  readonly name: string;
  readonly options: ReadOptions;
  readonly preview: DataPreview;
}

/** The data section. */
export interface DataSection {
  /** Reads the file again with another option. */
  choose(option: keyof ReadOptions, value: unknown): Promise<void>;
  /** Reads the file again, as the model in hand wants it. @returns null when that failed; the page says why */
  reread(how: { readonly asModel: boolean }): Promise<OpenFile | null>;
  /** Shows a file that the worker has opened itself. */
  show(open: OpenFile): void;
}

/** Files come from samples, the file picker or a drop; `onOpen` hears of each that could be read, null of others. */
export function dataSection(client: ForecasterClient, onOpen: (open: OpenFile | null) => void): DataSection {
  // Null also for a file that the worker has opened itself: then it has it in hand.
  let file: File | null = null;
  let name: string | null = null;
  let options: ReadOptions = {};
  let attempt = 0;
  const status = byId('data-status');

  const read = async (asModel = false): Promise<OpenFile | null> => {
    if (name === null) return null;
    attempt += 1;
    const mine = attempt;
    byId('reading').hidden = false;
    fields.show(options);
    status.textContent = `Reading ${name} …`;
    onOpen(null);
    try {
      const preview = await client.preview({ ...(file && { file, name }), options, asModel });
      if (mine !== attempt) return null;
      const open = { name: preview.name, options, preview };
      show(open);
      return open;
    } catch (error) {
      if (mine !== attempt) return null;
      status.textContent = `${name} could not be read.`;
      byId('data-report').hidden = true;
      await showProblem(client, error, { file, name }, (option, value) => void choose(option, value));
      return null;
    }
  };
  const choose = async (option: keyof ReadOptions, value: unknown): Promise<void> => {
    const { [option]: _before, ...others } = options;
    options = value === undefined ? others : { ...others, [option]: value };
    await read();
  };
  const open = async (next: File): Promise<void> => {
    file = next;
    name = next.name;
    options = {};
    await read();
  };
  const show = ({ name: of, preview, options: as }: OpenFile): void => {
    if (of !== name) file = null;
    name = of;
    options = as;
    byId('reading').hidden = false;
    fields.show(options);
    status.textContent = `${name} is read.`;
    byId('data-problem').hidden = true;
    byId('data-report').replaceChildren(
      element('ul', {}, ...preview.lines.map((line) => element('li', {}, inWordsOfThePage(line)))),
    );
    byId('data-report').hidden = false;
    onOpen({ name, options, preview });
  };
  const fields = readingForm((option, value) => void choose(option, value));

  byId('samples').replaceChildren(
    ...samples.map((sample) =>
      element('button', { type: 'button', click: () => void openSample(sample) }, sample.title),
    ),
  );
  const openSample = async ({ url, name }: Sample): Promise<void> => {
    try {
      await open(new File([await (await fetch(url)).arrayBuffer()], name));
    } catch (error) {
      status.textContent = `${name} could not be loaded: ${(error as Error).message}.`;
    }
  };
  const input = byId<HTMLInputElement>('file');
  input.addEventListener('change', () => {
    const [chosen] = input.files ?? [];
    if (chosen) void open(chosen);
    input.value = ''; // the same file, changed meanwhile, can be chosen again
  });
  acceptDrops((dropped) => {
    const problem = input.disabled ? 'Not now: wait for what is running, or stop it.' : dropProblem(dropped);
    if (problem === null) void open(dropped[0]!);
    else status.textContent = problem;
  });
  return { choose, show, reread: ({ asModel }) => read(asModel) };
}

/** Why nothing that was dropped is read; null: one file was. */
function dropProblem({ length }: readonly File[]): string | null {
  if (length === 0) return 'Nothing to read was dropped: drop a file.';
  return length === 1 ? null : `${length} files were dropped: drop one, with a column of names for several series.`;
}

function acceptDrops(open: (files: readonly File[]) => void): void {
  const place = byId('drop');
  const mark = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault(); // else the browser leaves the page to show the file
    place.classList.toggle('over', isOver);
  };
  document.addEventListener('dragover', mark(true));
  document.addEventListener('dragleave', mark(false));
  document.addEventListener('drop', (event) => {
    mark(false)(event);
    open([...(event.dataTransfer?.files ?? [])]);
  });
}
