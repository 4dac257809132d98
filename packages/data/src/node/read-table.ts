import { basename } from 'node:path';
import { badOption, checkObject } from '../check-options.ts';
import type { CsvOptions } from '../csv/csv-options.ts';
import { checkReading, type TableReading, withCsvReading } from '../csv/csv-reading.ts';
import { DataError } from '../data-error.ts';
import type { DataRow } from '../rows/read-rows.ts';
import { addStatic } from '../series/add-static.ts';
import { buildSeries } from '../series/build-series.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type FileTable, joinTables } from '../source/join-tables.ts';
import type { RoleTable } from '../source/source-table.ts';
import { type TableFormat, tableFormat } from '../source/table-format.ts';
import { dataFiles } from './data-files.ts';
import { isPattern } from './expand-glob.ts';
import { fetchFile } from './fetch-file.ts';
import { isFolder } from './list-folder.ts';
import { loadBytes, type OptionsFor } from './load-bytes.ts';
import { isInObjectStorage, loadObjects } from './load-objects.ts';
import { loadQuery } from './load-query.ts';
import { openFile, withFile } from './open-file.ts';
import { optionsFor, seriesOptionsOf } from './options-for.ts';
import { readStdin } from './read-stdin.ts';
import { isAddress, isPiped, stdinPath } from './source-kind.ts';

/** How a file is read; the options of CSV are errors for other formats. */
export interface TableOptions extends CsvOptions {
  /** Rows of static covariates, joined by id: every column but `id` becomes one. */
  readonly staticRows?: readonly DataRow[];
  /**
   * A query that DuckDB (an optional peer) answers: `SELECT ds, close FROM data WHERE symbol = 'AAPL'`, where `data` is what
   * the path holds, or a table of a database (`.duckdb`, `.db`).
   */
  readonly sql?: string;
}

/**
 * Reads files into series: a path, `-` for what is piped into the process (also `/dev/fd/63`, a shell's `<(cmd)`), or an
 * address (`https://…`). The format follows
 * from the name: `.csv .tsv .txt` (also `.gz .zst`), `.parquet`, `.arrow .feather .ipc`, `.tsf`, `.json .jsonl .ndjson`;
 * of piped and fetched data without such a name from the first bytes. A folder, or a path with `*` or `?`, names one file
 * per series, whose id is the name of the file, or parts of one long table when there is an id column.
 *
 * @param remembered how an earlier file was read, `SeriesSet.reading`: holds where `options` say nothing, and what the format
 * has no use for is left out
 * @throws DataError `data/missing-file`, `data/unknown-format`, and what the reader of the format throws
 */
export async function readTable(
  path: string,
  options: TableOptions = {},
  remembered: TableReading = {},
): Promise<SeriesSet> {
  if (typeof path !== 'string')
    throw badOption('readTable', 'path', 'a path, a pattern or an address, as a text', path);
  checkObject('readTable', options);
  const { staticRows, ...given } = options;
  checkReading('readTable', remembered);
  // Without a target there must be columns known ahead, which may be the remembered ones.
  checkReading('readTable', { ...(remembered.future !== undefined && { future: remembered.future }), ...given });
  const { name, sql = remembered.sql, ...told } = given;
  if (staticRows !== undefined && !Array.isArray(staticRows))
    throw badOption('readTable', 'staticRows', 'an array of row objects', staticRows);
  let reading: CsvOptions = { ...remembered, ...told };
  const optionsOf: OptionsOf = (source, format) => {
    reading = optionsFor(source, format, told, remembered);
    return reading;
  };
  const { table, roles } = await (sql === undefined
    ? loadPath(path, name, optionsOf)
    : loadQuery(path, sql, { ...seriesOptionsOf(optionsOf(path, 'query')), name: name ?? basename(path) }));
  const read = buildSeries(table, roles, seriesOptionsOf(reading));
  const set = withCsvReading(read, { ...reading, ...(sql === undefined ? {} : { sql }) });
  return staticRows === undefined ? set : addStatic(set, staticRows, { id: options.id ?? 'id' });
}

type OptionsOf = (source: string, format: TableFormat | 'query') => CsvOptions;

/** @param name what reports and messages call the data, when it is told */
async function loadPath(path: string, name: string | undefined, optionsOf: OptionsOf): Promise<RoleTable> {
  const options: OptionsFor = (format) => optionsOf(path === stdinPath ? 'stdin' : path, format);
  if (path === stdinPath) return loadBytes({ ...readStdin(), ...(name === undefined ? {} : { name }) }, options);
  if (isPiped(path)) return loadBytes({ name: name ?? path, chunks: (await openFile(path)).chunks }, options);
  if (isInObjectStorage(path)) return loadObjects(path, seriesOptionsOf(options('parquet')));
  if (isAddress(path)) return loadAddress(path, name, options);
  if (isPattern(path) || (await isFolder(path))) return loadFiles(path, await dataFiles(path), name, optionsOf);
  return loadFile(path, name ?? basename(path), options);
}

async function loadAddress(address: string, name: string | undefined, options: OptionsFor): Promise<RoleTable> {
  let fetched = 0;
  const incoming = await fetchFile(address, (bytes) => {
    fetched = bytes;
  });
  const { table, roles } = await loadBytes({ ...incoming, name: name ?? incoming.name }, options);
  const notice = `${fetched.toLocaleString('en')} bytes fetched from ${new URL(address).host}`;
  return { table: { ...table, notices: [notice, ...table.notices] }, roles };
}

async function loadFiles(
  pattern: string,
  paths: readonly string[],
  name: string | undefined,
  optionsOf: OptionsOf,
): Promise<RoleTable> {
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${pattern}: no file matches; check the pattern.`, { file: pattern });
  const files: FileTable[] = [];
  for (const file of paths)
    files.push({
      ...(await loadFile(file, basename(file), (format) => optionsOf(file, format))),
      id: seriesName(file),
    });
  return joinTables(name ?? `${pattern} (${paths.length} files)`, files);
}

/** `prices/AAPL.csv.gz` stands for series AAPL. */
function seriesName(path: string): string {
  return basename(path)
    .replace(/\.(gz|zst)$/i, '')
    .replace(/\.[^.]+$/, '');
}

/** Parquet is read where it lies, in ranges. */
async function loadFile(path: string, name: string, options: OptionsFor): Promise<RoleTable> {
  const format = tableFormat(path);
  if (format !== 'parquet') return loadBytes({ name, format, ...(await openFile(path)) }, options);
  const { loadParquet } = await import('../parquet/read-parquet.ts');
  return withFile(path, (file) => loadParquet(file, { ...options(format), name }));
}
