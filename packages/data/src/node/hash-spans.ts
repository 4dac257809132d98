import { createHash, type Hash } from 'node:crypto';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import type { RowSpan } from '../shards/series-parts.ts';

/** Bytes that are in memory at once. */
const chunk = 1 << 22;

/** A span whose file is open, and what a web server says of its version. */
export interface VersionedSpan extends Omit<RowSpan, 'file'> {
  readonly file: ParquetFile;
  readonly version?: string | undefined;
}

/**
 * SHA-256, in hexadecimal, of all that the rows of some spans are read from: their places, the footers of their files and
 * the bytes of their row groups. A file on a web server is told by its version, as its bytes would have to be fetched.
 */
export async function hashSpans(spans: readonly VersionedSpan[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { file, version, firstRow, endRow } of spans) {
    hash.update(`${file.name}\n${file.file.byteLength}\n${firstRow} ${endRow}\n${version ?? ''}\n`);
    if (version !== undefined) continue;
    const { byteLength } = file.file;
    await hashBytes(hash, file, byteLength - 8 - file.metadata.metadata_length, byteLength);
    const { groupStarts, metadata } = file;
    for (const [group, { columns }] of metadata.row_groups.entries()) {
      if (groupStarts[group + 1]! <= firstRow || groupStarts[group]! >= endRow) continue;
      for (const { meta_data: meta } of columns) {
        const start = Number(meta?.dictionary_page_offset ?? meta?.data_page_offset ?? 0);
        await hashBytes(hash, file, start, start + Number(meta?.total_compressed_size ?? 0));
      }
    }
  }
  return hash.digest('hex');
}

async function hashBytes(hash: Hash, { file }: ParquetFile, start: number, end: number): Promise<void> {
  for (let at = start; at < end; at += chunk)
    hash.update(new Uint8Array(await file.slice(at, Math.min(at + chunk, end))));
}
