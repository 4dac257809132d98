import { badOption, checkChoice } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { type ColumnLook, type Roles, resolveRoles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, openBytes } from '../source/byte-source.ts';
import { decompressChunks } from '../source/decompress.ts';
import type { RoleTable } from '../source/source-table.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { parseIsoTime } from '../time/parse-time.ts';
import { type CsvDialect, type Delimiter, readDialect } from './csv-dialect.ts';
import { CsvScanner } from './csv-scanner.ts';
import { defaultNullValues, parseNumber } from './parse-number.ts';
import type { CellColumn, CellKind } from './scanner-options.ts';
import { tableFromScan } from './table-from-scan.ts';

/** How a CSV file is read. */
export interface CsvOptions extends SeriesOptions {
  /** Default: the one of `, ; tab |` that splits the header into most fields. */
  readonly delimiter?: Delimiter;
  /** Decimal sign; default `.`. */
  readonly decimal?: '.' | ',';
  /** Cells that mean "no value"; default: empty, NA, N/A, NaN, nan, null, NULL, None, -. */
  readonly nullValues?: readonly string[];
  /** Rows that cannot be read: `error` (default), or `reject` to leave them out and list them in the report. */
  readonly badRows?: 'error' | 'reject';
}

/** Options that only CSV has. */
export const csvOptionKeys: readonly string[] = ['delimiter', 'decimal', 'nullValues', 'badRows'];
const headLength = 1 << 16;

/**
 * Reads a CSV file into series. UTF-8 with or without BOM, any line ends, quotes; gzip and zstd are recognised by their
 * first bytes; the header is the first line.
 *
 * @throws DataError that names file, line, column and text of the first fault and how many there are
 */
export async function readCsv(source: ByteSource, options: CsvOptions = {}): Promise<SeriesSet> {
  checkCsvOptions(options);
  const { chunks, size } = await openBytes(source);
  const { table, roles } = await scanCsv(decompressChunks(options.name ?? 'input.csv', chunks), size, options);
  return buildSeries(table, roles, options);
}

/** Reads CSV from decompressed chunks into a table; `size` in bytes when known. */
export async function scanCsv(
  chunks: AsyncIterable<Uint8Array>,
  size: number | undefined,
  options: CsvOptions,
): Promise<RoleTable> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    return await readIterator(iterator, size, options);
  } finally {
    // After an error the file must not stay open.
    await iterator.return?.();
  }
}

async function readIterator(
  iterator: AsyncIterator<Uint8Array>,
  size: number | undefined,
  options: CsvOptions,
): Promise<RoleTable> {
  const name = options.name ?? 'input.csv';
  const { head, isWhole } = await readHead(iterator);
  if (head.length === 0)
    throw new DataError('data/empty-file', `${name}: the file is empty (0 bytes).`, { file: name });
  const dialect = readDialect(
    name,
    head.subarray(0, headLength),
    isWhole && head.length <= headLength,
    options.delimiter,
  );
  const roles = resolveRoles(name, glimpse(dialect, options), options);
  const scanner = new CsvScanner({
    columns: dialect.header.map((column, index) => planColumn(column, index, dialect, roles, options)),
    delimiter: dialect.delimiter,
    decimal: options.decimal ?? '.',
    nullValues: options.nullValues ?? defaultNullValues,
    firstLine: dialect.dataLine,
    epochUnit: options.timeUnit,
    timeFormat: options.timeFormat === undefined ? undefined : compileTimeFormat(options.timeFormat),
    expectedBytes: size,
  });
  scanner.push(head.subarray(dialect.dataStart));
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) scanner.push(next.value);
  scanner.finish();
  return { table: tableFromScan(name, dialect, roles, scanner, options), roles };
}

export function checkCsvOptions(options: CsvOptions): void {
  checkSeriesOptions('readCsv', options, csvOptionKeys);
  checkChoice('readCsv', 'delimiter', options.delimiter, [',', ';', '\t', '|']);
  checkChoice('readCsv', 'decimal', options.decimal, ['.', ',']);
  checkChoice('readCsv', 'badRows', options.badRows, ['error', 'reject']);
  if (options.decimal === ',' && options.delimiter === ',') {
    throw badOption('readCsv', 'decimal', "different from the delimiter; files with a decimal comma use ';'", ',');
  }
}

async function readHead(iterator: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; isWhole: boolean }> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < headLength) {
    const next = await iterator.next();
    if (next.done) return { head, isWhole: true };
    if (head.length === 0) head = next.value.length < headLength ? next.value.slice() : next.value;
    else {
      const joined = new Uint8Array(head.length + next.value.length);
      joined.set(head);
      joined.set(next.value, head.length);
      head = joined;
    }
  }
  return { head, isWhole: false };
}

function glimpse(dialect: CsvDialect, options: CsvOptions): { name: string; look: ColumnLook }[] {
  const nulls = options.nullValues ?? defaultNullValues;
  return dialect.header.map((name, index) => {
    const cells = dialect.sample.map((record) => record[index] ?? '').filter((cell) => !nulls.includes(cell));
    return { name, look: lookOf(cells, options.decimal ?? '.') };
  });
}

function lookOf(cells: readonly string[], decimal: '.' | ','): ColumnLook {
  if (cells.length === 0) return 'empty';
  if (cells.some((cell) => parseNumber(cell, decimal) !== undefined)) return 'number';
  return isIsoTime(cells[0]!) ? 'time' : 'text';
}

function isIsoTime(text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  return !Number.isNaN(parseIsoTime(bytes, 0, bytes.length, { hasZone: false, offset: 0, droppedDigits: false }));
}

function planColumn(name: string, index: number, dialect: CsvDialect, roles: Roles, options: CsvOptions): CellColumn {
  if (name === roles.id) return { name, kind: 'text', isKey: true };
  if (name === roles.time) return { name, kind: timeKind(index, dialect, options), isKey: true };
  if (roles.targets.includes(name)) return { name, kind: 'number', isKey: false };
  if (!roles.historic.includes(name) && !roles.future.includes(name) && !roles.static.includes(name))
    return { name, kind: 'skip', isKey: false };
  const look = glimpse(dialect, options)[index]!.look;
  return { name, kind: look === 'text' || look === 'time' ? 'text' : 'number', isKey: false };
}

/** Whole numbers are epoch times unless they are a year or a date of eight digits. */
function timeKind(index: number, dialect: CsvDialect, options: CsvOptions): CellKind {
  if (options.timeUnit !== undefined) return 'epoch';
  if (options.timeFormat !== undefined) return 'formatted';
  const cell = dialect.sample.map((record) => record[index] ?? '').find((text) => text !== '') ?? '';
  return parseNumber(cell, '.') !== undefined && !isIsoTime(cell) ? 'epoch' : 'time';
}
