import { DataError } from '../data-error.ts';

const magic: readonly (readonly [bytes: readonly number[], kind: string])[] = [
  [[0x1f, 0x8b], 'gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  [[0x50, 0x4b, 3], 'zip'],
  [[0x50, 0x41, 0x52, 0x31], 'parquet'],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], 'arrow'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'xls'],
];

/**
 * Recognises by its first bytes what is not CSV.
 *
 * @throws DataError `data/compressed`, `data/unknown-format`
 */
export function checkFileKind(name: string, head: Uint8Array): void {
  const kind = magic.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))?.[1];
  const refuse = (found: string) => new DataError('data/unknown-format', `${name}: this is ${found}.`, { file: name });
  if (kind === 'parquet') throw refuse('a Parquet file, not CSV; give it a name that ends in .parquet');
  if (kind === 'arrow') throw refuse('an Arrow file, not CSV; give it a name that ends in .arrow');
  if (kind === 'xls') throw refuse('an Excel workbook; save the sheet as CSV');
  if (kind !== undefined) {
    const hex = [...head.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const workbook = kind === 'zip' ? ' (an Excel workbook is such a file; save the sheet as CSV)' : '';
    const message = `${name}: ${kind} data (${hex}) where text was expected; decompress it first${workbook}.`;
    throw new DataError('data/compressed', message, { file: name });
  }
  const start = new TextDecoder('latin1').decode(head.subarray(0, 64)).trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(start))
    throw refuse('a page of HTML or XML, not CSV, perhaps an error page; download the file again');
  if (/^(\[\s*[[{]|\{\s*")/.test(start)) throw refuse('JSON, not CSV; give it a name that ends in .json');
  const lineEnd = head.indexOf(10);
  if (head.subarray(0, lineEnd < 0 ? 64 : lineEnd).includes(0))
    throw refuse('no text: it holds NUL bytes; save it as CSV in UTF-8');
}
