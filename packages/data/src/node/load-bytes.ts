import type { CsvOptions } from '../csv/csv-options.ts';
import { scanCsv } from '../csv/read-csv.ts';
import { collectBytes } from '../source/byte-source.ts';
import { decompressChunks } from '../source/decompress.ts';
import { sniffFormat, sniffLength } from '../source/sniff-format.ts';
import type { RoleTable } from '../source/source-table.ts';
import type { TableFormat } from '../source/table-format.ts';

/** Bytes that come in pieces, from wherever. */
export interface Incoming {
  /** What messages call it. */
  readonly name: string;
  /** Each piece is valid until the next is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In bytes, when that is known and the bytes are not packed. */
  readonly size?: number | undefined;
  /** The format, when a name says it; else the first bytes do. */
  readonly format?: TableFormat | undefined;
}

/** Options for a format, which is known when the first bytes are there. @throws DataError for one that it has no use for */
export type OptionsFor = (format: TableFormat) => CsvOptions;

/** Reads bytes of any format, gzip and zstd unpacked, into a table. CSV is read as it comes, the others as a whole. */
export async function loadBytes(incoming: Incoming, optionsFor: OptionsFor): Promise<RoleTable> {
  const { name, chunks, size } = incoming;
  const plain = decompressChunks(name, chunks);
  if (incoming.format !== undefined)
    return loadFormat(incoming.format, plain, size, { ...optionsFor(incoming.format), name });
  const { head, all } = await peek(plain);
  const format = sniffFormat(head);
  return loadFormat(format, all, undefined, { ...optionsFor(format), name });
}

type Load = (bytes: Uint8Array, options: CsvOptions & { readonly name: string }) => Promise<RoleTable>;

/**
 * How each format is read that is read as a whole. Loaded when it is met, so that reading CSV does not wait for Parquet
 * and Arrow. A table, so that the compiler asks for the line of a new format: a chain of questions would end with one
 * that takes whatever is left for its own.
 */
const loaders: Readonly<Record<Exclude<TableFormat, 'csv' | 'tsv'>, Load>> = {
  parquet: async (bytes, options) => (await import('../parquet/read-parquet.ts')).loadParquet(bytes, options),
  arrow: async (bytes, options) => (await import('../arrow/read-arrow.ts')).loadArrow(bytes, options),
  tsf: async (bytes, options) => (await import('../tsf/parse-tsf.ts')).parseTsf(options.name, bytes, options),
  json: async (bytes, options) => (await import('../rows/read-json.ts')).loadJson(bytes, options),
};

async function loadFormat(
  format: TableFormat,
  chunks: AsyncIterable<Uint8Array>,
  size: number | undefined,
  options: CsvOptions & { readonly name: string },
): Promise<RoleTable> {
  if (format === 'csv' || format === 'tsv')
    return scanCsv(chunks, size, { ...(format === 'tsv' ? { delimiter: '\t' as const } : {}), ...options });
  return loaders[format](await collectBytes(copies(chunks)), options);
}

/** The first bytes, and all of them. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < sniffLength) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value.slice());
    length += next.value.length;
  }
  return { head: await collectBytes(first.length === 0 ? new Uint8Array() : from(first)), all: chain(first, iterator) };
}

async function* from(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function* chain(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}
