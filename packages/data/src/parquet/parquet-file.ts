import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  type SchemaElement,
} from 'hyparquet';
import { DataError } from '../data-error.ts';
import { zoneOf } from '../time/local-time.ts';
import { type ColumnChunk, openChunk } from './column-chunk.ts';
import { loadDecompressors } from './decompressors.ts';
import { columnsOf } from './flat-elements.ts';

/** Random access to the bytes of a file. */
export interface RandomAccessFile {
  readonly byteLength: number;
  /** Bytes from `start` up to `end`, without it to the end of the file. */
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** A Parquet file whose footer has been read. */
export interface ParquetFile {
  readonly name: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  /** The columns, flat ones only. */
  readonly elements: readonly SchemaElement[];
  /** IANA zones of time columns, as pandas notes them beside a schema that has only UTC. */
  readonly timeZones: ReadonlyMap<string, string>;
  /** Names of nested columns, which are not read. */
  readonly nested: readonly string[];
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
  const { flat: elements, nested } = await orCorrupt(name, 'footer', async () => columnsOf(metadata.schema));
  const codecs = metadata.row_groups.flatMap(({ columns }) => columns.flatMap((one) => one.meta_data?.codec ?? []));
  const decompressors = await loadDecompressors(new Set(codecs));
  return {
    name,
    file: file as AsyncBuffer,
    metadata,
    elements,
    nested,
    timeZones: pandasZones(metadata),
    groupStarts,
    decompressors,
  };
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

/** Zones from the notes of pandas; notes that are no such JSON say nothing. */
function pandasZones({ key_value_metadata: notes }: FileMetaData): Map<string, string> {
  const zones = new Map<string, string>();
  try {
    const { columns } = JSON.parse(notes?.find(({ key }) => key === 'pandas')?.value ?? '{}') as {
      columns?: { field_name?: string; name?: string; metadata?: { timezone?: string } | null }[];
    };
    for (const { field_name: field, name, metadata } of columns ?? []) {
      const column = field ?? name;
      if (column !== undefined && metadata?.timezone && metadata.timezone !== 'UTC') {
        zoneOf(metadata.timezone);
        zones.set(column, metadata.timezone);
      }
    }
  } catch {
    zones.clear();
  }
  return zones;
}

function columnMeta(parquet: ParquetFile, group: number, column: string): ColumnMetaData {
  const isIt = (path: readonly string[] | undefined) => path?.length === 1 && path[0] === column;
  const chunk = parquet.metadata.row_groups[group]!.columns.find((one) => isIt(one.meta_data?.path_in_schema));
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
