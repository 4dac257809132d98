import type { SchemaElement } from 'hyparquet';
import type { ColumnLook, Roles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import type { LooseCells, LooseColumn } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable, SourceTable } from '../source/source-table.ts';
import { openParquet, type ParquetFile, type RandomAccessFile, readColumn } from './parquet-file.ts';

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
  const groups = parquet.metadata.row_groups
    .map((_, group) => group)
    .filter((group) => parquet.groupStarts[group + 1]! > firstRow && parquet.groupStarts[group]! < endRow);
  const columns = parquet.elements.map(
    (element): LooseColumn => ({
      name: element.name,
      look: lookOf(element),
      load: () => loadColumn(parquet, element, groups, firstRow, endRow),
    }),
  );
  const named = {
    ...options,
    ...(roles.time === null ? { time: false as const } : { time: roles.time }),
    target: roles.targets,
  };
  return (await loadLoose({ name: parquet.name, format: 'parquet', rows: endRow - firstRow, columns }, named)).table;
}

/** A Parquet file as a table. */
export async function loadParquet(source: ByteSource | RandomAccessFile, options: SeriesOptions): Promise<RoleTable> {
  const name = options.name ?? 'input.parquet';
  const parquet = await openParquet(name, await randomAccess(source));
  const groups = parquet.metadata.row_groups.map((_, group) => group);
  const rows = parquet.groupStarts.at(-1)!;
  const columns = parquet.elements.map(
    (element): LooseColumn => ({
      name: element.name,
      look: lookOf(element),
      load: () => loadColumn(parquet, element, groups, 0, rows),
    }),
  );
  return loadLoose({ name, format: 'parquet', rows, columns }, options);
}

async function randomAccess(source: ByteSource | RandomAccessFile): Promise<RandomAccessFile> {
  if ('byteLength' in source && 'slice' in source && !(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source))
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

/** What the type of a column says about its role. */
export function lookOf(element: SchemaElement): ColumnLook {
  if (isTime(element)) return 'time';
  const isText = element.type === 'BYTE_ARRAY' && element.converted_type !== 'DECIMAL';
  return isText ? 'text' : 'number';
}

function isTime({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return (
    converted === 'DATE' ||
    converted === 'TIMESTAMP_MILLIS' ||
    converted === 'TIMESTAMP_MICROS' ||
    logical?.type === 'TIMESTAMP' ||
    type === 'INT96'
  );
}

function hasZone({ logical_type: logical }: SchemaElement): boolean {
  return logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC;
}

async function loadColumn(
  parquet: ParquetFile,
  element: SchemaElement,
  groups: readonly number[],
  firstRow: number,
  endRow: number,
): Promise<LooseCells> {
  const isText = lookOf(element) === 'text';
  const isInteger = element.type === 'INT64' && !isTime(element);
  const cells = isText || isInteger ? new Array<unknown>(endRow - firstRow) : new Float64Array(endRow - firstRow);
  await readColumn(parquet, element.name, groups, (piece, row) => {
    const from = Math.max(0, firstRow - row);
    const to = Math.min(piece.length, endRow - row);
    if (to > from) copyCells(piece, from, to, cells, row + from - firstRow);
  });
  return isTime(element) ? { cells, timeUnit: 'ms', hasZone: hasZone(element) } : { cells };
}

/** Empty cells become NaN in a typed column. */
function copyCells(
  piece: ArrayLike<unknown>,
  from: number,
  to: number,
  cells: unknown[] | Float64Array,
  row: number,
): void {
  if (!(cells instanceof Float64Array)) {
    for (let k = from; k < to; k++) cells[row + k - from] = piece[k];
  } else if (piece instanceof Float64Array || piece instanceof Float32Array || piece instanceof Int32Array) {
    cells.set(piece.subarray(from, to), row);
  } else {
    for (let k = from; k < to; k++) {
      const cell = piece[k];
      cells[row + k - from] = cell === null || cell === undefined ? Number.NaN : Number(cell);
    }
  }
}
