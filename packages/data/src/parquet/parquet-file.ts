import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  type SchemaElement,
} from 'hyparquet';
import { DataError } from '../data-error.ts';
import { type ColumnChunk, openChunk } from './column-chunk.ts';
import { loadDecompressors } from './decompressors.ts';

/** Random access to the bytes of a file. */
export interface RandomAccessFile {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** A Parquet file whose footer has been read. */
export interface ParquetFile {
  readonly name: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  /** The columns, flat ones only. */
  readonly elements: readonly SchemaElement[];
  /** Row at which each row group begins, and the number of rows. */
  readonly groupStarts: readonly number[];
  readonly decompressors: Compressors;
}

/** Reads the footer. @throws DataError `data/corrupt-file`, `data/empty-file` */
export async function openParquet(name: string, file: RandomAccessFile): Promise<ParquetFile> {
  if (file.byteLength === 0)
    throw new DataError('data/empty-file', `${name}: the file is empty (0 bytes).`, { file: name });
  const isWhole = file.byteLength >= 12 && (await hasMagic(file, 0)) && (await hasMagic(file, file.byteLength - 4));
  if (!isWhole) {
    throw new DataError(
      'data/corrupt-file',
      `${name}: footer magic PAR1 missing; the file is truncated or not Parquet.`,
      { file: name },
    );
  }
  const metadata = await orCorrupt(name, 'footer', () =>
    parquetMetadataAsync(file as AsyncBuffer, { geoparquet: false }),
  );
  const groupStarts = [0];
  for (const group of metadata.row_groups) groupStarts.push(groupStarts.at(-1)! + Number(group.num_rows));
  if (groupStarts.at(-1) !== Number(metadata.num_rows)) {
    throw new DataError(
      'data/corrupt-file',
      `${name}: the footer names ${metadata.num_rows} rows, its row groups ${groupStarts.at(-1)}.`,
      { file: name },
    );
  }
  const elements = metadata.schema
    .slice(1)
    .filter((element) => !element.num_children && element.repetition_type !== 'REPEATED');
  if (elements.some((element) => typeof element.name !== 'string')) {
    throw new DataError('data/corrupt-file', `${name}: footer: a column without a name; the file is damaged.`, {
      file: name,
    });
  }
  const codecs = metadata.row_groups.flatMap(({ columns }) => columns.flatMap((one) => one.meta_data?.codec ?? []));
  const decompressors = await loadDecompressors(new Set(codecs));
  return { name, file: file as AsyncBuffer, metadata, elements, groupStarts, decompressors };
}

/**
 * Reads one column of some row groups, chunk by chunk; `use` throws when the bytes make no sense.
 *
 * @throws DataError `data/corrupt-file` with row group and column
 */
export async function readChunks(
  parquet: ParquetFile,
  column: string,
  groups: readonly number[],
  use: (chunk: ColumnChunk, group: number) => void | Promise<void>,
): Promise<void> {
  for (const group of groups) {
    await orCorrupt(parquet.name, `row group ${group}, column '${column}'`, async () => {
      const chunk = await openChunk(parquet.file, columnMeta(parquet, group, column));
      const rows = parquet.groupStarts[group + 1]! - parquet.groupStarts[group]!;
      if (Number(chunk.meta.num_values) !== rows) throw new Error(`${chunk.meta.num_values} values of ${rows} rows`);
      await use(chunk, group);
    });
  }
}

function columnMeta(parquet: ParquetFile, group: number, column: string): ColumnMetaData {
  const chunk = parquet.metadata.row_groups[group]!.columns.find((one) => one.meta_data?.path_in_schema[0] === column);
  if (!chunk?.meta_data) throw new Error('the footer does not say where it is');
  return chunk.meta_data;
}

async function hasMagic(file: RandomAccessFile, start: number): Promise<boolean> {
  return new TextDecoder('latin1').decode(await file.slice(start, start + 4)) === 'PAR1';
}

/** Whatever the library throws on damaged bytes becomes one error that names the place. */
async function orCorrupt<T>(name: string, place: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (DataError.isInstance(error) && error.code !== 'data/encoding') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      'data/corrupt-file',
      `${name}: ${place}: cannot be read (${reason}); the file is damaged, or uses something this reader does not know.`,
      { file: name },
    );
  }
}
