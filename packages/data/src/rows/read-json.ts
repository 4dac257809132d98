import { DataError } from '../data-error.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import { decompress } from '../source/decompress.ts';
import type { RoleTable } from '../source/source-table.ts';
import { type DataRow, loadRows } from './read-rows.ts';

/**
 * Reads JSON: an array of row objects, or one row object per line (JSON Lines). Which of them shows in the first letter.
 *
 * @throws DataError `data/corrupt-file` with the line that is no JSON, and what `readRows` throws
 */
export async function readJson(source: ByteSource, options: SeriesOptions = {}): Promise<SeriesSet> {
  checkSeriesOptions('readJson', options, []);
  const { table, roles } = await loadJson(source, options);
  return buildSeries(table, roles, options);
}

/** JSON or JSON Lines as a table. */
export async function loadJson(source: ByteSource, options: SeriesOptions): Promise<RoleTable> {
  const name = options.name ?? 'input.json';
  const text = decodeUtf8(name, await collectBytes(await decompress(name, source)));
  if (text.trim() === '') throw new DataError('data/empty-file', `${name}: the file is empty.`, { file: name });
  if (text.trimStart().startsWith('[')) return loadRows(parseArray(name, text), { ...options, name }, 'json');
  const { rows, lines } = parseLines(name, text);
  return loadRows(rows, { ...options, name }, 'jsonl', (row) => lines[row]);
}

/** Decodes a whole file; invalid bytes are an error and never become replacement characters. */
export function decodeUtf8(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DataError('data/encoding', `${name}: not valid UTF-8; save the file as UTF-8.`, { file: name });
  }
}

function parseArray(name: string, text: string): readonly DataRow[] {
  try {
    return JSON.parse(text) as readonly DataRow[];
  } catch (error) {
    throw new DataError(
      'data/corrupt-file',
      `${name}: not valid JSON (${(error as Error).message}); expected an array of rows.`,
      { file: name },
    );
  }
}

function parseLines(name: string, text: string): { rows: DataRow[]; lines: number[] } {
  const rows: DataRow[] = [];
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push(JSON.parse(line) as DataRow);
    } catch {
      const message = `${name}: line ${index + 1}: not valid JSON: ${line.slice(0, 60)}; expected one row object per line.`;
      throw new DataError('data/corrupt-file', message, { file: name, line: index + 1 });
    }
    lines.push(index + 1);
  }
  return { rows, lines };
}
