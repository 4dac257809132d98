import { DataError } from '../data-error.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import type { LooseColumn } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable, SourceTable } from '../source/source-table.ts';
import { loadColumn, lookOf } from './load-column.ts';
import { openParquet, type ParquetFile, type RandomAccessFile } from './parquet-file.ts';

/**
 * Reads a Parquet file into series; columns without a role are not read at all. A Blob, a File or a random-access
 * object is read in ranges, other sources as a whole. Compression: snappy, zstd, gzip, brotli, LZ4.
 *
 * Damage that no checksum shows cannot be found: snappy pages have none, so a flipped bit there is another number.
 *
 * @throws DataError `data/corrupt-file` with row group and column, and what every reader throws
 */
export async function readParquet(
  source: ByteSource | RandomAccessFile,
  options: SeriesOptions = {},
): Promise<SeriesSet> {
  checkSeriesOptions('readParquet', options, []);
  const { table, roles } = await loadParquet(source, options);
  return buildSeries(table, roles, options);
}

/** Rows `[firstRow, endRow)` of a Parquet file as a table. */
export async function loadRange(
  parquet: ParquetFile,
  roles: Roles,
  options: SeriesOptions,
  firstRow: number,
  endRow: number,
): Promise<SourceTable> {
  const columns = columnsOfRows(parquet, firstRow, endRow);
  const named = {
    ...options,
    ...(roles.time === null ? { time: false as const } : { time: roles.time }),
    target: roles.targets,
  };
  return (
    await loadLoose({ name: parquet.name, format: 'parquet', rows: endRow - firstRow, columns, isPiece: true }, named)
  ).table;
}

/** A Parquet file as a table. */
export async function loadParquet(source: ByteSource | RandomAccessFile, options: SeriesOptions): Promise<RoleTable> {
  const name = options.name ?? 'input.parquet';
  const parquet = await openParquet(name, await randomAccess(source));
  const rows = parquet.groupStarts.at(-1)!;
  const columns = columnsOfRows(parquet, 0, rows);
  return loadLoose({ name, format: 'parquet', rows, columns }, options);
}

/** Columns for rows `[firstRow, endRow)`, for `loadLoose`; nested ones have a name, so that messages can show it, and are not read. */
export function columnsOfRows(parquet: ParquetFile, firstRow: number, endRow: number): LooseColumn[] {
  const flat = parquet.elements.map(
    (element): LooseColumn => ({
      name: element.name,
      look: lookOf(element),
      load: (role) => loadColumn(parquet, element, role, firstRow, endRow),
    }),
  );
  const nested = parquet.nested.map(
    (name): LooseColumn => ({ name, look: 'text', load: () => notRead(parquet, name) }),
  );
  return [...flat, ...nested];
}

function notRead({ name: file }: ParquetFile, column: string): never {
  const message = `${file}: column '${column}' is nested (a part of a struct, a list or a map), and nested columns are not read; write it as a column of its own.`;
  throw new DataError('data/column-type', message, { file, column });
}

async function randomAccess(source: ByteSource | RandomAccessFile): Promise<RandomAccessFile> {
  if (
    typeof source === 'object' &&
    source !== null &&
    'byteLength' in source &&
    'slice' in source &&
    !(source instanceof ArrayBuffer) &&
    !ArrayBuffer.isView(source)
  )
    return source;
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    return { byteLength: source.size, slice: (start, end) => source.slice(start, end).arrayBuffer() };
  }
  const bytes = await collectBytes(source as ByteSource);
  return { byteLength: bytes.length, slice: (start, end = bytes.length) => copyRange(bytes, start, end) };
}

function copyRange(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  const range = new Uint8Array(Math.max(0, Math.min(end, bytes.length) - start));
  range.set(bytes.subarray(start, end));
  return range.buffer;
}
