import { barColumnsAmong } from '../bars/bar-columns.ts';
import { findRoles } from '../crosstab/find-roles.ts';
import { DataError } from '../data-error.ts';
import { type ColumnGlimpse, glimpseTexts } from '../roles/column-glimpse.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { loadRows } from '../rows/read-rows.ts';
import { buildSeries } from '../series/build-series.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes, openBytes } from '../source/byte-source.ts';
import { decompressChunks } from '../source/decompress.ts';
import type { RoleTable } from '../source/source-table.ts';
import { decodeText, findEncoding, hasOnlyReturns, transcode, withLineFeeds } from '../source/transcode.ts';
import { commonUnit, integerForm } from '../time/epoch-time.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { timeJoiner } from '../time/time-joiner.ts';
import { type CsvDialect, readDialect } from './csv-dialect.ts';
import { type CsvOptions, checkCsvOptions } from './csv-options.ts';
import { withCsvReading } from './csv-reading.ts';
import { csvRoles } from './csv-roles.ts';
import { CsvScanner } from './csv-scanner.ts';
import { findDecimal } from './find-decimal.ts';
import { otherForm } from './other-form.ts';
import { defaultNullValues, type NumberStyle, numberStyle, parseNumber } from './parse-number.ts';
import type { CellColumn, CellKind } from './scanner-options.ts';
import { tableFromScan } from './table-from-scan.ts';

const headLength = 1 << 16;

/**
 * Reads a CSV file into series. UTF-8 or UTF-16, any line ends, quotes; gzip and zstd are recognised by their first
 * bytes; the header is the first line that is not skipped. Lines of blanks or of delimiters alone are left out.
 *
 * @throws DataError that names file, line, column and text of the first fault and how many there are
 */
export async function readCsv(source: ByteSource, options: CsvOptions = {}): Promise<SeriesSet> {
  checkCsvOptions('readCsv', options);
  const { chunks, size } = await openBytes(source);
  const { table, roles } = await scanCsv(decompressChunks(options.name ?? 'input.csv', chunks), size, options);
  return withCsvReading(buildSeries(table, roles, options), options);
}

/** Reads CSV from decompressed chunks into a table; `size` in bytes when known. */
export async function scanCsv(
  chunks: AsyncIterable<Uint8Array>,
  size: number | undefined,
  options: CsvOptions,
): Promise<RoleTable> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: { head?: Uint8Array } = {};
  try {
    return await readIterator(iterator, size, options, seen);
  } catch (error) {
    if (!DataError.isInstance(error) || seen.head === undefined || isCut(options)) throw error;
    const { explainFile } = await import('./explain-file.ts');
    throw explainFile(options.name ?? 'input.csv', seen.head, error) ?? error;
  } finally {
    // After an error the file must not stay open.
    await iterator.return?.();
  }
}

/** Where it is told what stands above the rows, an error is about them. */
const isCut = ({ header, skipRows, comment }: CsvOptions): boolean =>
  header !== undefined || skipRows !== undefined || comment !== undefined;

/** @param seen gets the first bytes, for words about the file as a whole */
async function readIterator(
  source: AsyncIterator<Uint8Array>,
  size: number | undefined,
  options: CsvOptions,
  seen: { head?: Uint8Array },
): Promise<RoleTable> {
  const name = options.name ?? 'input.csv';
  const raw = await readHead(source);
  if (raw.head.length === 0)
    throw new DataError('data/empty-file', `${name}: the file is empty (0 bytes).`, { file: name });
  const encoding = options.encoding ?? findEncoding(raw.head);
  const isUtf8 = encoding === 'utf-8';
  const iterator = isUtf8 ? source : transcode(name, raw.head, source, encoding);
  const { head: text, isWhole } = isUtf8 ? raw : await readHead(iterator);
  const isReturns = hasOnlyReturns(text);
  const found = isReturns ? withLineFeeds(text) : text;
  const form = options.delimiter === undefined || options.delimiter === '|' ? otherForm(found) : undefined;
  if (form === 'lines' || form === 'records') {
    const text = decodeText(name, await wholeOf(found, iterator));
    const { rows, lines } =
      form === 'lines'
        ? (await import('./line-protocol.ts')).rowsOfLines(name, text)
        : (await import('./expanded-records.ts')).rowsOfRecords(name, text);
    const format = form === 'lines' ? 'line protocol' : 'records';
    return loadRows(rows, { ...options, name }, format, { lineOf: (row) => lines[row] });
  }
  const head = form === undefined ? found : await undrawn(name, await wholeOf(found, iterator));
  seen.head = head.subarray(0, headLength);
  const isAll = (isWhole || form !== undefined) && head.length <= headLength;
  const dialect = await readDialect(
    name,
    seen.head,
    isAll,
    form === undefined ? options : { ...options, delimiter: '|' },
  );
  const cells = sampleCells(dialect, options);
  const isOpen = options.decimal === undefined && options.thousands !== '.' && options.thousands !== ',';
  const sign = isOpen ? findDecimal(cells) : undefined;
  const style = numberStyle(sign === undefined ? options : { decimal: sign, thousands: options.thousands });
  const glimpses = dialect.header.map((column, index) => glimpseTexts(column, cells[index]!, style));
  const cellsOf = (column: string) => cells[dialect.header.indexOf(column)]!;
  const { columns, roles, turn } = await findRoles({ file: name, columns: glimpses, cellsOf }, options, () =>
    csvRoles(name, dialect, glimpses, options),
  );
  const timeCells = roles.time === null || roles.timeParts ? [] : cellsOf(roles.time);
  const bars = barColumnsAmong(dialect.header);
  const timeFormat = options.timeFormat === undefined ? undefined : compileTimeFormat(options.timeFormat);
  const timeParts = (roles.timeParts ?? []).map((column) => dialect.header.indexOf(column));
  const partCells = timeParts.map((at) => cells[at]!);
  const joiner = roles.timeParts && timeJoiner(roles.timeParts, partCells, { timezone: options.timezone, timeFormat });
  const scanner = new CsvScanner({
    columns: columns.map((column) => watched(planColumn(column, roles, options, style), bars)),
    delimiter: dialect.delimiter,
    style,
    nullValues: nullValuesOf(options),
    firstLine: dialect.dataLine,
    comment: options.comment,
    timeUnit: options.timeUnit,
    foundUnit: commonUnit(timeCells.map((cell) => parseNumber(cell, style)).filter((value) => value !== undefined)),
    timeFormat,
    timeSample: timeCells,
    timeParts,
    timeJoiner: joiner,
    expectedBytes: isUtf8 ? size : undefined,
  });
  scanner.push(head.subarray(dialect.dataStart));
  for (let next = await iterator.next(); !next.done; next = await iterator.next())
    scanner.push(isReturns ? withLineFeeds(next.value) : next.value);
  scanner.finish();
  const notices = [
    ...(joiner?.notices ?? []),
    ...(isUtf8 || options.encoding !== undefined ? [] : [`read as ${encoding.toUpperCase()}`]),
    ...(form === undefined ? [] : ['a table drawn with lines is read without them']),
    ...(isReturns ? ['lines end with carriage returns'] : []),
    ...(sign === ',' ? ["decimal comma found: '1,5' is read as 1.5"] : []),
  ];
  return turn(await tableFromScan({ name, dialect, roles, scanner, options, style, notices }));
}

/** A table without the lines with which it is drawn. */
async function undrawn(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { withoutDrawing } = await import('./drawn-table.ts');
  return new TextEncoder().encode(withoutDrawing(name, decodeText(name, bytes)));
}

/** All bytes of a file that is read as a whole. */
function wholeOf(head: Uint8Array, rest: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield head.slice();
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value.slice();
  }
  return collectBytes(chunks());
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

function nullValuesOf(options: CsvOptions): readonly string[] {
  return [...defaultNullValues, ...(options.nullValues ?? [])];
}

/** The first cells of each column that have a value. */
function sampleCells(dialect: CsvDialect, options: CsvOptions): string[][] {
  const nulls = new Set(nullValuesOf(options));
  return dialect.header.map((_, index) =>
    dialect.sample.map((record) => record[index] ?? '').filter((cell) => !nulls.has(cell)),
  );
}

function planColumn(glimpse: ColumnGlimpse, roles: Roles, options: CsvOptions, style: NumberStyle): CellColumn {
  const { name, look } = glimpse;
  if (name === roles.id) return { name, kind: 'text', isKey: true };
  if (roles.timeParts?.includes(name)) return { name, kind: 'part', isKey: true };
  if (name === roles.time) return { name, kind: timeKind(glimpse, options, style), isKey: true };
  if (roles.targets.includes(name)) return { name, kind: 'number', isKey: false };
  if (!roles.historic.includes(name) && !roles.future.includes(name) && !roles.static.includes(name))
    return { name, kind: 'skip', isKey: false };
  return { name, kind: look === 'text' || look === 'time' ? 'text' : 'number', isKey: false };
}

/** A part of price bars without a role is read for the checks of bars. */
const watched = (column: CellColumn, bars: ReadonlyMap<string, unknown>): CellColumn =>
  column.kind === 'skip' && bars.has(column.name) ? { ...column, kind: 'number', isWatched: true } : column;

/** Whole numbers are epoch times unless they are a year or a date of eight digits. */
function timeKind({ example }: ColumnGlimpse, options: CsvOptions, style: NumberStyle): CellKind {
  if (options.timeUnit !== undefined) return 'epoch';
  if (options.timeFormat !== undefined) return 'formatted';
  const value = parseNumber(example ?? '', style);
  return value !== undefined && integerForm(value) === 'epoch' ? 'epoch' : 'time';
}
