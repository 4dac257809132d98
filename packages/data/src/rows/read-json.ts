import { DataError } from '../data-error.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import { decompress } from '../source/decompress.ts';
import type { RoleTable } from '../source/source-table.ts';
import { decodeText } from '../source/transcode.ts';
import { documentRows } from './document-rows.ts';
import { namedRows } from './named-rows.ts';
import { type DataRow, loadRows } from './read-rows.ts';

/**
 * Reads JSON: an array of row objects, or of rows as lists (the first may name the columns, else they are `column1` …),
 * one row object per line (JSON Lines), or an object of columns as pandas writes it.
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
  const text = decodeText(name, await collectBytes(await decompress(name, source)));
  if (text.trim() === '') throw new DataError('data/empty-file', `${name}: the file is empty.`, { file: name });
  if (text.trimStart().startsWith('[')) {
    return loadRows(namedRows(name, parseArray(name, text)), { ...options, name }, 'json');
  }
  const document = parseDocument(text);
  if (document !== undefined) return loadRows(documentRows(name, document), { ...options, name }, 'json');
  const { rows, lines } = parseLines(name, text);
  return loadRows(rows, { ...options, name }, 'jsonl', (row) => lines[row]);
}

function parseArray(name: string, text: string): readonly DataRow[] {
  try {
    return JSON.parse(text) as readonly DataRow[];
  } catch (error) {
    throw new DataError(
      'data/corrupt-file',
      `${name}: not valid JSON (${(error as Error).message}); expected an array of rows${nanHint(text)}.`,
      { file: name },
    );
  }
}

/** A text that is one object as a whole, not one per line. */
function parseDocument(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
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
      const message = `${name}: line ${index + 1}: not valid JSON: ${line.slice(0, 60)}; expected one row object per line${nanHint(line)}${csvHint(line)}.`;
      throw new DataError('data/corrupt-file', message, { file: name, line: index + 1 });
    }
    lines.push(index + 1);
  }
  return { rows, lines };
}

/** Python writes numbers that JSON does not have. */
function nanHint(text: string): string {
  return /:\s*(NaN|-?Infinity)\b/.test(text) ? '; JSON has no NaN and no Infinity, write null' : '';
}

function csvHint(line: string): string {
  return /^[^{["]*[,;\t]/.test(line) ? '; it looks like CSV, whose name ends in .csv' : '';
}
