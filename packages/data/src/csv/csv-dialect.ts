import { DataError } from '../data-error.ts';

/** Separators a CSV file may use. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** What the first bytes of a CSV file say about the rest. */
export interface CsvDialect {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** The first records behind the header, as texts. */
  readonly sample: readonly (readonly string[])[];
  /** Byte at which the first record behind the header begins. */
  readonly dataStart: number;
  /** Physical line of that record, from 1. */
  readonly dataLine: number;
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Reads encoding, delimiter and header from the head of a file; `isWhole` tells that nothing follows the head. */
export function readDialect(name: string, head: Uint8Array, isWhole: boolean, delimiter?: Delimiter): CsvDialect {
  checkEncoding(name, head);
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const text = decodeHead(name, head.subarray(start), isWhole);
  if (text.trim() === '')
    throw new DataError('data/empty-file', `${name}: the file is empty (${head.length} bytes).`, { file: name });
  const chosen = delimiter ?? sniffDelimiter(text);
  const records = splitRecords(text, chosen, 21, isWhole);
  const first = records[0];
  if (!first)
    throw new DataError(
      'data/open-quote',
      `${name}: line 1: the header has no end within 64 KiB; is a quote left open?`,
      { file: name, line: 1 },
    );
  const header = first.fields.map((field) => field.trim());
  checkHeader(name, header, first.line);
  return {
    delimiter: chosen,
    header,
    sample: records.slice(1).map((record) => record.fields.map((field) => field.trim())),
    dataStart: start + new TextEncoder().encode(text.slice(0, first.end)).length,
    dataLine: first.endLine,
  };
}

function checkEncoding(name: string, head: Uint8Array): void {
  const [a, b, c, d] = head;
  const compressed =
    a === 0x1f && b === 0x8b
      ? 'gzip'
      : a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd
        ? 'zstd'
        : a === 0x50 && b === 0x4b && c === 3
          ? 'zip'
          : undefined;
  if (compressed) {
    const message = `${name}: ${compressed} data (${hex(head.subarray(0, 2))}) where text was expected; decompress it first.`;
    throw new DataError('data/compressed', message, { file: name });
  }
  const utf16 = a === 0xff && b === 0xfe ? 'UTF-16 LE' : a === 0xfe && b === 0xff ? 'UTF-16 BE' : undefined;
  if (utf16)
    throw new DataError('data/encoding', `${name}: starts with a ${utf16} byte-order mark; save the file as UTF-8.`, {
      file: name,
    });
  if (a === 0x50 && b === 0x41 && c === 0x52 && d === 0x31) {
    throw new DataError('data/unknown-format', `${name}: this is a Parquet file, not CSV; read it as Parquet.`, {
      file: name,
    });
  }
}

function decodeHead(name: string, bytes: Uint8Array, isWhole: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !isWhole });
  } catch {
    const place = firstBadByte(bytes);
    const message = `${name}: line ${place.line}, byte ${place.byte}: not valid UTF-8; save the file as UTF-8.`;
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

/** The delimiter that splits the header into most fields, quotes respected; a tie goes to the earlier in the list. */
function sniffDelimiter(text: string): Delimiter {
  let best: Delimiter = ',';
  let most = 1;
  for (const delimiter of delimiters) {
    const fields = splitRecords(text, delimiter, 1, true)[0]?.fields.length ?? 0;
    if (fields > most) [best, most] = [delimiter, fields];
  }
  return best;
}

interface TextRecord {
  readonly fields: string[];
  readonly line: number;
  readonly end: number;
  readonly endLine: number;
}

/** Splits text into at most `limit` records; a last record without line end counts only when the text is whole. */
function splitRecords(text: string, delimiter: string, limit: number, isWhole: boolean): TextRecord[] {
  const records: TextRecord[] = [];
  let position = 0;
  let line = 1;
  while (position < text.length && records.length < limit) {
    const record = readRecord(text, delimiter, position, line);
    if (!record || (record.end === text.length && !isWhole && text[record.end - 1] !== '\n')) break;
    position = record.end;
    line = record.endLine;
    if (record.fields.length > 1 || record.fields[0] !== '') records.push(record);
  }
  return records;
}

function readRecord(text: string, delimiter: string, start: number, firstLine: number): TextRecord | undefined {
  const fields: string[] = [];
  let line = firstLine;
  let field = '';
  let isQuoted = false;
  for (let k = start; k < text.length; k++) {
    const letter = text[k]!;
    if (letter === '\n') line++;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (text[k + 1] === '"') field += text[++k];
      else isQuoted = false;
    } else if (letter === '"' && field.trim() === '') isQuoted = true;
    else if (letter === delimiter) {
      fields.push(field);
      field = '';
    } else if (letter === '\n') return { fields: [...fields, field], line: firstLine, end: k + 1, endLine: line };
    else if (letter !== '\r' || text[k + 1] !== '\n') field += letter;
  }
  return isQuoted ? undefined : { fields: [...fields, field], line: firstLine, end: text.length, endLine: line + 1 };
}

function checkHeader(name: string, header: readonly string[], line: number): void {
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

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
