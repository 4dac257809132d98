import { DataError } from '../data-error.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import { decompress } from '../source/decompress.ts';
import type { RoleTable } from '../source/source-table.ts';
import { decodeText } from '../source/transcode.ts';
import { type DataRow, loadRows } from './read-rows.ts';

/**
 * Reads JSON: an array of row objects, one row object per line (JSON Lines), or an object of columns as pandas writes it.
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
  const whole = decodeText(name, await collectBytes(await decompress(name, source)));
  if (whole.trim() === '') throw new DataError('data/empty-file', `${name}: the file is empty.`, { file: name });
  // Loaded when asked for: a page that reads no JSON need not carry the forms in which people write it.
  const { marketChart, namedRows, rowsOf, withExactIntegers } = await import('./json-rows.ts');
  const text = withExactIntegers(whole);
  const load = (rows: readonly unknown[]): Promise<RoleTable> =>
    loadRows(namedRows(name, rows), { ...options, name }, 'json');
  if (text.trimStart().startsWith('[') && !isListOfALine(text)) return load(parseArray(name, text));
  const document = parseDocument(text);
  const chart = document && marketChart(document, { ...options, name });
  if (chart) return loadRows(chart.rows, chart.options, 'json', { notices: chart.notices });
  if (document !== undefined) return load(rowsOf(name, document));
  const { rows, lines } = parseLines(name, text);
  return loadRows(namedRows(name, rows), { ...options, name }, 'jsonl', { lineOf: (row) => lines[row] });
}

/** The first line alone is a list, and there are more: rows of JSON Lines that are lists. */
function isListOfALine(text: string): boolean {
  const [first, second] = text.trim().split('\n', 2);
  if (second === undefined) return false;
  try {
    return Array.isArray(JSON.parse(first!)) && second.trimStart().startsWith('[');
  } catch {
    return false;
  }
}

function parseArray(name: string, text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as readonly unknown[];
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
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : undefined;
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
