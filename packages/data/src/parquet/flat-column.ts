import type { SchemaElement } from 'hyparquet';
import type { ColumnChunk, ColumnPage } from './column-chunk.ts';
import type { Decompress } from './decompressors.ts';
import { type PageValues, pageValues, unpack } from './page-values.ts';

/** Takes the pages of a column one after another and writes cells `[at, at + count)`. */
export interface PageSink<Cells> {
  dictionary(bytes: Uint8Array, count: number): void;
  page(values: PageValues, isCoded: boolean, out: Cells, at: number): void;
}

/** Whether the pages of a chunk are of the kinds that are decoded here; all others go to the general reader. */
export function isFlatChunk({ meta, pages }: ColumnChunk, element: SchemaElement): boolean {
  if (meta.path_in_schema.length !== 1 || meta.type !== element.type) return false;
  return pages.every(({ header, encoding }) => {
    if (header.type === 'DICTIONARY_PAGE') return header.dictionary_page_header !== undefined && encoding === 'PLAIN';
    if (header.type === 'DATA_PAGE_V2')
      return header.data_page_header_v2 !== undefined && header.data_page_header === undefined && isKnown(encoding);
    const levels = header.data_page_header?.definition_level_encoding;
    return header.type === 'DATA_PAGE' && isKnown(encoding) && levels === 'RLE' && !header.dictionary_page_header;
  });
}

function isKnown(encoding: string): boolean {
  return encoding === 'PLAIN' || isCoded(encoding);
}

function isCoded(encoding: string): boolean {
  return encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY';
}

/**
 * Decodes a chunk into rows of a column.
 *
 * @param row row of `out` at which the chunk begins; what lies outside of `out` is left out
 * @throws Error when the pages are damaged
 */
export function decodeChunk<Cells extends Float64Array | Int32Array>(
  { pages }: ColumnChunk,
  isNullable: boolean,
  decompress: Decompress,
  sink: PageSink<Cells>,
  out: Cells,
  row: number,
): void {
  let at = row;
  for (const page of pages) {
    if (page.header.type === 'DICTIONARY_PAGE') {
      sink.dictionary(unpack(page.bytes, page.header.uncompressed_page_size, decompress), page.count);
      continue;
    }
    if (at + page.count > 0 && at < out.length) decodePage(page, isNullable, decompress, sink, out, at);
    at += page.count;
  }
}

function decodePage<Cells extends Float64Array | Int32Array>(
  page: ColumnPage,
  isNullable: boolean,
  decompress: Decompress,
  sink: PageSink<Cells>,
  out: Cells,
  at: number,
): void {
  const values = pageValues(page, isNullable, decompress);
  const coded = isCoded(page.encoding);
  if (at >= 0 && at + page.count <= out.length) {
    sink.page(values, coded, out, at);
    return;
  }
  const whole = new (out.constructor as new (length: number) => Cells)(page.count);
  sink.page(values, coded, whole, 0);
  out.set(whole.subarray(Math.max(0, -at), Math.min(page.count, out.length - at)), Math.max(0, at));
}
