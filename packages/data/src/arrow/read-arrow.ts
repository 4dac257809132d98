import { CompressionType, compressionRegistry, type Table, tableFromIPC } from 'apache-arrow';
import { DataError } from '../data-error.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import type { CellRole } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable } from '../source/source-table.ts';
import { loadVector, lookOfType } from './arrow-column.ts';

/**
 * Makes series of an apache-arrow Table. Float64 columns in one chunk without nulls are not copied.
 *
 * @throws DataError with row and column of the first fault
 */
export async function readArrowTable(table: Table, options: SeriesOptions = {}): Promise<SeriesSet> {
  checkSeriesOptions('readArrowTable', options, []);
  const loaded = await loadArrowTable(table, options);
  return buildSeries(loaded.table, loaded.roles, options);
}

function loadArrowTable(table: Table, options: SeriesOptions): Promise<RoleTable> {
  const columns = table.schema.fields.map((field) => ({
    name: field.name,
    look: lookOfType(field.type),
    load: (role: CellRole) => loadVector(table.getChild(field.name)!, role),
  }));
  return loadLoose({ name: options.name ?? 'table', format: 'arrow', rows: table.numRows, columns }, options);
}

/**
 * Reads Arrow IPC (file or stream, also called Feather V2), uncompressed, zstd or LZ4.
 *
 * @throws DataError `data/corrupt-file`, and what `readArrowTable` throws
 */
export async function readArrow(source: ByteSource, options: SeriesOptions = {}): Promise<SeriesSet> {
  checkSeriesOptions('readArrow', options, []);
  const { table, roles } = await loadArrow(source, options);
  return buildSeries(table, roles, options);
}

/** Arrow IPC as a table. */
export async function loadArrow(source: ByteSource, options: SeriesOptions): Promise<RoleTable> {
  const name = options.name ?? 'input.arrow';
  const bytes = await collectBytes(source);
  if (bytes.length === 0)
    throw new DataError('data/empty-file', `${name}: the file is empty (0 bytes).`, { file: name });
  return loadArrowTable(await parseIpc(name, bytes), { ...options, name });
}

async function parseIpc(name: string, bytes: Uint8Array): Promise<Table> {
  await registerCodecs();
  let table: Table;
  try {
    table = tableFromIPC(aligned(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError('data/corrupt-file', `${name}: not valid Arrow IPC (${reason}).`, { file: name });
  }
  if (table.schema.fields.length === 0)
    throw new DataError('data/corrupt-file', `${name}: not Arrow IPC, or without columns.`, { file: name });
  return table;
}

/** apache-arrow unpacks nothing by itself. */
async function registerCodecs(): Promise<void> {
  if (!compressionRegistry.get(CompressionType.ZSTD)?.decode) {
    const { decompress } = await import('fzstd');
    compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => aligned(decompress(data)) });
  }
  if (!compressionRegistry.get(CompressionType.LZ4_FRAME)?.decode) {
    const { unpackLz4Frame } = await import('./lz4-frame.ts');
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => aligned(unpackLz4Frame(data)) });
  }
}

/** Numbers of eight bytes are viewed in place, which has to begin at a multiple of eight. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
