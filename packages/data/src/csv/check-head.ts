import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { RecordOptions, TextRecord } from './split-records.ts';

/** The head of a file as text. @throws DataError `data/encoding` with the line of the first byte that is no UTF-8 */
export function decodeHead(name: string, bytes: Uint8Array, isWhole: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !isWhole });
  } catch {
    const place = firstBadByte(bytes);
    const message = `${name}: line ${place.line}, byte ${place.byte}: not valid UTF-8; save the file as UTF-8, or pass its encoding, often ${remedy('encoding', 'windows-1252')}.`;
    throw new DataError('data/encoding', message, { file: name, line: place.line });
  }
}

/** Where decoding first fails, by halving: the decoder itself does not say. */
function firstBadByte(bytes: Uint8Array): { line: number; byte: number } {
  const isGood = (end: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  let line = 1;
  let lineStart = 0;
  for (let k = 0; k < good; k++) {
    if (bytes[k] === 10) {
      line++;
      lineStart = k + 1;
    }
  }
  return { line, byte: good - lineStart + 1 };
}

/** Fields that are parted by blanks would be one column of texts. */
export function checkBlanks(name: string, records: readonly TextRecord[]): void {
  const counts = records.slice(0, 21).map(({ fields }) => (fields.length === 1 ? fields[0]!.split(/\s+/).length : 1));
  if (counts.length < 2 || counts[0] === 1 || new Set(counts).size > 1) return;
  const message = `${name}: line ${records[0]!.line}: fields seem to be parted by blanks ("${records[0]!.fields[0]!.slice(0, 60)}"); write the file with one of , ; | or tabs between them.`;
  throw new DataError('data/header', message, { file: name, line: records[0]!.line });
}

/** The error for a head without a record. */
export function noRecords(name: string, text: string, form: Omit<RecordOptions, 'delimiter'>): DataError {
  if (form.skipRows > 0 || form.comment !== undefined) {
    const lines = text.split('\n').length;
    const message = `${name}: nothing is left of the first ${lines} lines when ${form.skipRows} are skipped and comments left out.`;
    return new DataError('data/header-only', message, { file: name, option: 'skipRows' });
  }
  const message = `${name}: line 1: the header has no end within 64 KiB; is a quote left open?`;
  return new DataError('data/open-quote', message, { file: name, line: 1 });
}

/** @throws DataError `data/duplicate-column` for a name that occurs twice */
export function checkNames(name: string, header: readonly string[], line: number): void {
  const seen = new Map<string, number>();
  for (const [index, column] of header.entries()) {
    const earlier = seen.get(column);
    if (earlier !== undefined && column !== '') {
      const message = `${name}: line ${line}: column '${column}' appears twice (fields ${earlier + 1} and ${index + 1}); rename one.`;
      throw new DataError('data/duplicate-column', message, { file: name, line, column });
    }
    seen.set(column, index);
  }
}
