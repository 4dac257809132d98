import { type ParquetParsers, parquetRead } from 'hyparquet';
import type { ColumnChunk } from './column-chunk.ts';
import type { ParquetFile } from './parquet-file.ts';

/**
 * Times as numbers of milliseconds (fractions down to the microsecond) in place of Date objects; bytes that are no text
 * are damage.
 */
function parsers(): Partial<ParquetParsers> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    timestampFromMilliseconds: (value) => Number(value),
    timestampFromMicroseconds: (value) => Number(value) / 1000,
    timestampFromNanoseconds: (value) => Number(value / 1000n) / 1000,
    dateFromDays: (days) => days * 86_400_000,
    stringFromBytes: (bytes) => bytes && decoder.decode(bytes),
  };
}

/**
 * Reads a chunk by hyparquet into rows of a column; what lies outside of `cells` is left out.
 *
 * @throws Error when it has fewer cells than rows
 */
export async function generalCells(
  parquet: ParquetFile,
  chunk: ColumnChunk,
  group: number,
  cells: unknown[] | Float64Array,
  row: number,
): Promise<void> {
  const [rowStart, rowEnd] = [parquet.groupStarts[group]!, parquet.groupStarts[group + 1]!];
  let rows = 0;
  await parquetRead({
    file: chunk.file,
    metadata: parquet.metadata,
    columns: [chunk.meta.path_in_schema[0]!],
    rowStart,
    rowEnd,
    compressors: parquet.decompressors,
    parsers: parsers(),
    geoparquet: false,
    onChunk: (piece) => {
      copyCells(piece.columnData as ArrayLike<unknown>, cells, row + piece.rowStart - rowStart);
      rows += piece.columnData.length;
    },
  });
  if (rows !== rowEnd - rowStart) throw new Error(`${rows} values where ${rowEnd - rowStart} were expected`);
}

/** Empty cells become NaN in a typed column. */
function copyCells(piece: ArrayLike<unknown>, cells: unknown[] | Float64Array, row: number): void {
  const end = Math.min(piece.length, cells.length - row);
  for (let k = Math.max(0, -row); k < end; k++) {
    const cell = piece[k];
    if (!(cells instanceof Float64Array)) cells[row + k] = cell;
    else cells[row + k] = cell === null || cell === undefined ? Number.NaN : Number(cell);
  }
}
