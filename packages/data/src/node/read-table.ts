import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type CsvOptions, checkCsvOptions, readCsvChunks } from '../csv/read-csv.ts';
import { DataError } from '../data-error.ts';
import type { SeriesSet } from '../series/series-set.ts';

/** How a file is read; the format follows from the extension. */
export interface TableOptions extends CsvOptions {}

const chunkLength = 1 << 20;

/**
 * Reads a file of the local disk into series: `.csv`, `.tsv`, `.txt`.
 *
 * @throws DataError `data/missing-file` when it is not there, `data/unknown-format` for another extension, and all that
 * `readCsv` throws
 */
export async function readTable(path: string, options: TableOptions = {}): Promise<SeriesSet> {
  checkCsvOptions(options);
  const extension = extname(path).toLowerCase();
  if (!['.csv', '.tsv', '.txt', ''].includes(extension)) {
    const message = `${path}: files ending in '${extension}' are not known; the formats are .csv, .tsv, .txt.`;
    throw new DataError('data/unknown-format', message, { file: path });
  }
  const { chunks, size } = await openFile(path);
  return readCsvChunks(chunks, size, {
    name: basename(path),
    ...(extension === '.tsv' ? { delimiter: '\t' as const } : {}),
    ...options,
  });
}

/** A file in chunks; every chunk is valid until the next is asked for. */
export async function openFile(path: string): Promise<{ chunks: AsyncIterable<Uint8Array>; size: number }> {
  try {
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    return { chunks: readChunks(handle), size };
  } catch (error) {
    throw fileError(path, error);
  }
}

async function* readChunks(handle: Awaited<ReturnType<typeof open>>): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(chunkLength);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkLength);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The error for a file that cannot be opened, with the reason of the operating system. */
export function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = { ENOENT: 'there is no such file', EISDIR: 'this is a folder', EACCES: 'reading it is not allowed' }[
    code
  ];
  return reason ? new DataError('data/missing-file', `${path}: ${reason}; check the path.`, { file: path }) : error;
}
