import type { SchemaElement } from 'hyparquet';
import type { ColumnLook } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import type { LooseCells, LooseColumn } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable } from '../source/source-table.ts';
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
      load: () => loadColumn(parquet, element, groups, rows),
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

function lookOf(element: SchemaElement): ColumnLook {
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
  rows: number,
): Promise<LooseCells> {
  if (lookOf(element) === 'text') {
    const cells = new Array<unknown>(rows);
    await readColumn(parquet, element.name, groups, (piece, row) => {
      for (let k = 0; k < piece.length; k++) cells[row + k] = piece[k];
    });
    return { cells };
  }
  const isInteger = element.type === 'INT64' && !isTime(element);
  const cells = isInteger ? new Array<unknown>(rows) : new Float64Array(rows);
  await readColumn(parquet, element.name, groups, (piece, row) =>
    copyCells(piece, cells as unknown[] | Float64Array, row),
  );
  return isTime(element) ? { cells, timeUnit: 'ms', hasZone: hasZone(element) } : { cells };
}

/** Empty cells become NaN in a typed column. */
function copyCells(piece: ArrayLike<unknown>, cells: unknown[] | Float64Array, row: number): void {
  if (cells instanceof Float64Array && ArrayBuffer.isView(piece)) {
    cells.set(piece as unknown as ArrayLike<number>, row);
    return;
  }
  for (let k = 0; k < piece.length; k++) {
    const cell = piece[k];
    cells[row + k] =
      cells instanceof Float64Array
        ? cell === null || cell === undefined
          ? Number.NaN
          : Number(cell)
        : (cell as never);
  }
}
