import type { AsyncBuffer, ColumnMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';

/** Largest page that is believed; writers make pages of about one megabyte. */
const largestPage = 1 << 30;

/** A page as it lies in the file: its bytes are still compressed. */
export interface ColumnPage {
  readonly header: PageHeader;
  readonly encoding: string;
  /** Values of the page, empty ones included. */
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** One column of one row group, read at once. */
export interface ColumnChunk {
  readonly meta: ColumnMetaData;
  readonly pages: readonly ColumnPage[];
  /** The file with this chunk in memory. */
  readonly file: AsyncBuffer;
}

/**
 * Reads the bytes of a column chunk once and walks its page headers, before anything trusts them: a damaged count of
 * values would keep a reader busy for hours.
 *
 * @throws Error when the pages do not add up to the chunk
 */
export async function openChunk(file: AsyncBuffer, meta: ColumnMetaData): Promise<ColumnChunk> {
  const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  if (!(start >= 4 && end > start && end <= file.byteLength))
    throw new Error(`the chunk lies at bytes ${start} to ${end} of ${file.byteLength}`);
  const bytes = await file.slice(start, end);
  const inMemory: AsyncBuffer = {
    byteLength: file.byteLength,
    slice: (from, to = file.byteLength) =>
      from >= start && to <= end ? bytes.slice(from - start, to - start) : file.slice(from, to),
  };
  return { meta, pages: walkPages(bytes, Number(meta.num_values)), file: inMemory };
}

function walkPages(bytes: ArrayBuffer, expected: number): ColumnPage[] {
  const reader = { view: new DataView(bytes), offset: 0 };
  const pages: ColumnPage[] = [];
  let values = 0;
  while (values < expected) {
    const header = parquetHeader(reader);
    const page = header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header;
    const count = page?.num_values ?? 0;
    const size = header.compressed_page_size;
    if (!isWithin(size, bytes.byteLength - reader.offset) || !isWithin(header.uncompressed_page_size, largestPage))
      throw new Error(`a page of ${size} bytes, ${header.uncompressed_page_size} unpacked`);
    if (!isWithin(count, header.dictionary_page_header ? largestPage : expected - values))
      throw new Error(`a page of ${count} values where ${expected - values} are left`);
    if (page?.encoding === undefined) throw new Error('a page without encoding');
    const levels = header.data_page_header_v2;
    if (levels && !isWithin(levels.definition_levels_byte_length + levels.repetition_levels_byte_length, size))
      throw new Error('a page without lengths of its levels');
    pages.push({ header, encoding: page.encoding, count, bytes: new Uint8Array(bytes, reader.offset, size) });
    if (!header.dictionary_page_header) values += count;
    reader.offset += size;
  }
  return pages;
}

function isWithin(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}
