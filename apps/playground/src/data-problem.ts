import { DataError } from '@nt/data';
import type { ForecasterClient, ReadOptions } from '@nt/forecast/worker';
import { byId, element } from './dom.ts';
import { ask } from './reading-fields.ts';
import { titleOf } from './reading-options.ts';
import { inWordsOfThePage, offerText } from './remedy-words.ts';

const linesAround = 2;
/** Columns that are offered as buttons. */
const mostCandidates = 12;
const textFormats = /\.(csv|tsv|txt|jsonl|ndjson)$/i;

/** A file; null: the one that the worker has in hand. */
interface ShownFile {
  readonly file: File | null;
  readonly name: string;
}

/** Shows why a file could not be read: the reader's message in the page's words, the place, and what the reader offers as buttons. */
export async function showProblem(
  client: ForecasterClient,
  error: unknown,
  { file, name }: ShownFile,
  choose: (option: keyof ReadOptions, value: unknown) => void,
): Promise<void> {
  const parts: Node[] = [element('p', { class: 'problem', role: 'alert' }, inWordsOfThePage((error as Error).message))];
  if (DataError.isInstance(error)) {
    const { line, column, candidates = [] } = error.details;
    if (line !== undefined && textFormats.test(name)) parts.push(await excerpt(client, { file, name }, line, column));
    const offers = error.remedies.flatMap(({ option, values }) => {
      const known = values.filter((value) => value !== null);
      // What only the person can name: one of these columns, or what the field asks for.
      const offered = known.length === 0 ? candidates.slice(0, mostCandidates) : known;
      if (offered.length === 0) return titleOf(option) ? [offer(`${titleOf(option)}: …`, () => ask(option))] : [];
      return offered.map((value) => offer(offerText(option, value), () => choose(option as keyof ReadOptions, value)));
    });
    if (offers.length > 0)
      parts.push(element('div', { class: 'row', role: 'group', 'aria-label': 'Ways out' }, ...offers));
  }
  byId('data-problem').replaceChildren(...parts);
  byId('data-problem').hidden = false;
}

const offer = (text: string, click: () => void): HTMLElement => element('button', { type: 'button', click }, text);

async function excerpt(
  client: ForecasterClient,
  { file, name }: ShownFile,
  line: number,
  column?: string,
): Promise<HTMLElement> {
  const first = Math.max(line - linesAround, 1);
  const lines = await client.lines({ ...(file && { file }), first, last: line + linesAround });
  const title = `${name}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
  return element(
    'figure',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
    element('figcaption', {}, title),
    element(
      'ol',
      { class: 'lines', start: first },
      ...lines.map((text, index) => element('li', { class: first + index === line ? 'faulty' : '' }, text || ' ')),
    ),
  );
}
