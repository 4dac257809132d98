import type { TableFormat } from './table-format.ts';

/** Bytes that `sniffFormat` wants to see; a file may have fewer. */
export const sniffLength = 4096;

const magic: readonly (readonly [text: string, format: TableFormat])[] = [
  ['PAR1', 'parquet'],
  ['ARROW1', 'arrow'],
  ['FEA1', 'arrow'],
  // The stream form of Arrow begins with a mark of continuation.
  ['\xff\xff\xff\xff', 'arrow'],
];

/**
 * The format that the first bytes of an unpacked file show, for data that come without a name: what is neither Parquet
 * nor Arrow nor tsf nor JSON is CSV, whose reader says what it is when it is no text.
 */
export function sniffFormat(head: Uint8Array): TableFormat {
  const text = new TextDecoder('latin1').decode(head.subarray(0, sniffLength));
  const known = magic.find(([start]) => text.startsWith(start));
  if (known !== undefined) return known[1];
  const plain = text.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '');
  if (/^\s*[[{]/.test(plain)) return 'json';
  return /^(\s*#[^\n]*\n|\s*\n)*\s*@(relation|attribute|frequency|horizon|missing|equallength)\b/i.test(plain)
    ? 'tsf'
    : 'csv';
}
