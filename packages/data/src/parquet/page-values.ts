import type { ColumnPage } from './column-chunk.ts';
import type { Decompress } from './decompressors.ts';
import { decodeRuns, isOneRun } from './run-length.ts';

/** The values of a page without its empty cells, encoded, and where the empty cells are. */
export interface PageValues {
  readonly bytes: Uint8Array;
  /** Values that are there. */
  readonly present: number;
  /** `[count]` 1 = there, 0 = empty; null when none is empty. */
  readonly mask: Uint8Array | null;
}

/**
 * Unpacks a data page of a flat column and reads its levels.
 *
 * @throws Error when lengths, levels and counts do not agree
 */
export function pageValues(page: ColumnPage, isNullable: boolean, decompress: Decompress): PageValues {
  return page.header.data_page_header_v2
    ? valuesOfVersion2(page, isNullable, decompress)
    : valuesOfVersion1(page, isNullable, decompress);
}

/** The unpacked bytes of a page. @throws Error when there are not as many as the header says */
export function unpack(bytes: Uint8Array, length: number, decompress: Decompress): Uint8Array {
  const unpacked = decompress(bytes, length);
  if (unpacked.length !== length) throw new Error(`a page of ${unpacked.length} bytes where ${length} were expected`);
  return unpacked;
}

function valuesOfVersion1(page: ColumnPage, isNullable: boolean, decompress: Decompress): PageValues {
  const bytes = unpack(page.bytes, page.header.uncompressed_page_size, decompress);
  if (!isNullable) return { bytes, present: page.count, mask: null };
  if (bytes.length < 4) throw new Error('a page without levels');
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (end > bytes.length) throw new Error(`levels of ${end - 4} bytes in a page of ${bytes.length}`);
  return { bytes: bytes.subarray(end), ...readLevels(bytes, 4, end, page.count) };
}

function valuesOfVersion2(page: ColumnPage, isNullable: boolean, decompress: Decompress): PageValues {
  const { uncompressed_page_size: size, data_page_header_v2: header } = page.header;
  const first = header!.repetition_levels_byte_length;
  const end = first + header!.definition_levels_byte_length;
  const packed = page.bytes.subarray(end);
  const bytes = header!.is_compressed === false ? packed : unpack(packed, size - end, decompress);
  if (!isNullable) return { bytes, present: page.count, mask: null };
  const levels = readLevels(page.bytes, first, end, page.count);
  if (levels.present !== page.count - header!.num_nulls)
    throw new Error(`${page.count - levels.present} empty cells where ${header!.num_nulls} were expected`);
  return { bytes, ...levels };
}

function readLevels(bytes: Uint8Array, start: number, end: number, count: number): Omit<PageValues, 'bytes'> {
  if (isOneRun(bytes, start, end, 1, count)) return { present: count, mask: null };
  const mask = new Uint8Array(count);
  decodeRuns(bytes, start, end, 1, mask, count);
  let present = 0;
  for (let k = 0; k < count; k++) present += mask[k]!;
  return { present, mask: present === count ? null : mask };
}

/** Moves the values at `[at, at + present)` apart, so that every empty cell gets a slot of its own, in place. */
export function spreadPresent(
  out: Float64Array | Int32Array,
  at: number,
  { present, mask }: PageValues,
  empty: number,
): void {
  if (mask === null) return;
  let next = present;
  for (let k = mask.length - 1; k >= 0; k--) out[at + k] = mask[k] === 1 ? out[at + --next]! : empty;
}

/**
 * Reads dictionary codes: one byte that says how many bits a code has, then the codes.
 *
 * @throws Error when a code is not in the dictionary
 */
export function dictionaryCodes({ bytes, present }: PageValues, size: number): Int32Array {
  const codes = new Int32Array(present);
  if (present === 0) return codes;
  if (bytes.length === 0) throw new Error('a page without codes');
  decodeRuns(bytes, 1, bytes.length, bytes[0]!, codes, present);
  for (let k = 0; k < present; k++) if (codes[k]! >= size) throw new Error(`code ${codes[k]} of ${size} values`);
  return codes;
}
