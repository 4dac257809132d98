import { basename } from 'node:path';
import { badOption, checkObject } from '../check-options.ts';
import { type CsvOptions, checkCsvOptions } from '../csv/csv-options.ts';
import { withCsvReading } from '../csv/csv-reading.ts';
import { scanCsv } from '../csv/read-csv.ts';
import { DataError } from '../data-error.ts';
import { type RemedyOption, type RemedyValue, remedy } from '../remedy.ts';
import type { DataRow } from '../rows/read-rows.ts';
import { addStatic } from '../series/add-static.ts';
import { buildSeries } from '../series/build-series.ts';
import { type SeriesOptions, seriesOptionKeys } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { decompressChunks } from '../source/decompress.ts';
import { type FileTable, joinTables } from '../source/join-tables.ts';
import type { RoleTable } from '../source/source-table.ts';
import { type TableFormat, tableFormat } from '../source/table-format.ts';
import { tsfOptionKeys } from '../tsf/tsf-header.ts';
import { expandGlob, isPattern } from './expand-glob.ts';
import { openFile, readBytes, withFile } from './open-file.ts';

/** How a file is read; the options of CSV are errors for other formats. */
export interface TableOptions extends CsvOptions {
  /** Rows of static covariates, joined by id: every column but `id` becomes one. */
  readonly staticRows?: readonly DataRow[];
}

/**
 * Reads files of the local disk into series. The format follows from the name: `.csv .tsv .txt` (also `.gz .zst`),
 * `.parquet`, `.arrow .feather .ipc`, `.tsf`, `.json .jsonl .ndjson`. A path with `*` or `?` names one file per series,
 * whose id is the name of the file, or parts of one long table when there is an id column.
 *
 * @throws DataError `data/missing-file`, `data/unknown-format`, and what the reader of the format throws
 */
export async function readTable(path: string, options: TableOptions = {}): Promise<SeriesSet> {
  if (typeof path !== 'string')
    throw badOption('readTable', 'path', 'the path of a file or a pattern, as a text', path);
  checkObject('readTable', options);
  const { staticRows, ...reading } = options;
  checkCsvOptions('readTable', reading);
  if (staticRows !== undefined && !Array.isArray(staticRows))
    throw badOption('readTable', 'staticRows', 'an array of row objects', staticRows);
  const { table, roles } = await loadPath(path, reading);
  const seriesOptions: SeriesOptions = Object.fromEntries(
    Object.entries(reading).filter(([key]) => seriesOptionKeys.includes(key)),
  );
  const set = withCsvReading(buildSeries(table, roles, seriesOptions), reading);
  return staticRows === undefined ? set : addStatic(set, staticRows, { id: options.id ?? 'id' });
}

async function loadPath(path: string, options: CsvOptions): Promise<RoleTable> {
  if (!isPattern(path)) return loadFile(path, options);
  const paths = await expandGlob(path);
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const files: FileTable[] = [];
  for (const file of paths)
    files.push({ ...(await loadFile(file, { ...options, name: basename(file) })), id: seriesName(file) });
  return joinTables(options.name ?? `${path} (${paths.length} files)`, files);
}

/** `prices/AAPL.csv.gz` stands for series AAPL. */
function seriesName(path: string): string {
  return basename(path)
    .replace(/\.(gz|zst)$/i, '')
    .replace(/\.[^.]+$/, '');
}

async function loadFile(path: string, options: CsvOptions): Promise<RoleTable> {
  const format = tableFormat(path);
  const named = { name: basename(path), ...options };
  if (format === 'csv' || format === 'tsv') return loadCsvFile(path, format, named);
  const known = format === 'tsf' ? tsfOptionKeys : seriesOptionKeys;
  const stray = Object.keys(options).find(
    (key) => !known.includes(key) && options[key as keyof CsvOptions] !== undefined,
  );
  if (stray !== undefined) {
    const shown = remedy(stray as RemedyOption, options[stray as keyof CsvOptions] as RemedyValue);
    const message = `${path}: this is a ${format} file, which has no use for ${shown}; leave it out.`;
    throw new DataError('data/bad-option', message, { option: stray });
  }
  // Each format is loaded when it is met, so that reading CSV does not wait for Parquet and Arrow.
  if (format === 'parquet')
    return withFile(path, async (file) => (await import('../parquet/read-parquet.ts')).loadParquet(file, named));
  if (format === 'arrow') return (await import('../arrow/read-arrow.ts')).loadArrow(await readBytes(path), named);
  if (format === 'tsf') return (await import('../tsf/read-tsf.ts')).parseTsf(named.name, await readBytes(path), named);
  return (await import('../rows/read-json.ts')).loadJson(await readBytes(path), named);
}

async function loadCsvFile(path: string, format: TableFormat, options: CsvOptions): Promise<RoleTable> {
  const { chunks, size } = await openFile(path);
  const delimiter = format === 'tsv' ? { delimiter: '\t' as const } : {};
  return scanCsv(decompressChunks(options.name!, chunks), size, { ...delimiter, ...options });
}
