import { DataError } from '@nt/data';
import type { ForecasterClient, ReadOptions } from '@nt/forecast/worker';
import { byId, element } from './dom.ts';

const linesAround = 2;
const textFormats = /\.(csv|tsv|txt|jsonl|ndjson)$/i;

/** Shows why a file could not be read: the reader's message, the place, and what the reader offers as buttons. */
export async function showProblem(
  client: ForecasterClient,
  error: unknown,
  file: File,
  choose: (option: keyof ReadOptions, value: unknown) => void,
): Promise<void> {
  const parts: Node[] = [element('p', { class: 'problem', role: 'alert' }, (error as Error).message)];
  if (DataError.isInstance(error)) {
    const { line, column } = error.details;
    if (line !== undefined && textFormats.test(file.name)) parts.push(await excerpt(client, file, line, column));
    const offers = error.remedies.flatMap(({ option, values }) =>
      values
        .filter((value) => value !== null)
        .map((value) =>
          element(
            'button',
            { type: 'button', click: () => choose(option as keyof ReadOptions, value) },
            `${option}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
          ),
        ),
    );
    if (offers.length > 0)
      parts.push(element('div', { class: 'row', role: 'group', 'aria-label': 'Ways out' }, ...offers));
  }
  byId('data-problem').replaceChildren(...parts);
  byId('data-problem').hidden = false;
}

async function excerpt(client: ForecasterClient, file: File, line: number, column?: string): Promise<HTMLElement> {
  const first = Math.max(line - linesAround, 1);
  const lines = await client.lines({ file, first, last: line + linesAround });
  const title = `${file.name}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
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
