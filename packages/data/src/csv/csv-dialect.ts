import { DataError } from '../data-error.ts';
import { commonWidth, type RecordOptions, splitRecords } from './split-records.ts';

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
  readonly notices: readonly string[];
}

/** What is told about the form of a file. */
export interface DialectOptions {
  readonly delimiter?: Delimiter | undefined;
  readonly header?: boolean | undefined;
  readonly skipRows?: number | undefined;
  readonly comment?: string | undefined;
}

/** What may stand between the cells of a line. */
export const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
/** Records that are looked at: a day of five minutes, and a header. */
const sampled = 311;

/**
 * Reads delimiter and header from the head of a file in UTF-8; `isWhole` tells that nothing follows the head. The
 * line `sep=;` that spreadsheets write and read is obeyed.
 */
export async function readDialect(
  name: string,
  head: Uint8Array,
  isWhole: boolean,
  options: DialectOptions,
): Promise<CsvDialect> {
  // Loaded when CSV is read: most of it are words for what is none, or no header.
  const { checkBlanks, checkFileKind, checkNames, decodeHead, findHeader, noRecords } = await import(
    './find-header.ts'
  );
  checkFileKind(name, head);
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const text = decodeHead(name, head.subarray(start), isWhole);
  if (text.trim() === '')
    throw new DataError('data/empty-file', `${name}: the file is empty (${head.length} bytes).`, { file: name });
  const told = /^sep=([,;\t|])\r?\n/i.exec(text);
  const form = { skipRows: options.skipRows ?? (told ? 1 : 0), comment: options.comment };
  const delimiter = options.delimiter ?? (told?.[1] as Delimiter | undefined) ?? sniffDelimiter(text, form);
  const records = splitRecords(text, { ...form, delimiter }, sampled, isWhole);
  if (records.length === 0) throw noRecords(name, text, form);
  checkBlanks(name, records);
  const found = findHeader(name, records, options.header);
  const names = found.names.map((column) => column.replace(/[\u200b\u2060\ufeff]/g, ''));
  checkNames(name, names, records[0]!.line);
  const last = records[found.records - 1];
  const dataFrom = last?.end ?? records[0]!.start;
  return {
    delimiter,
    // Nobody sees or types marks of no width.
    header: names,
    sample: records.slice(found.records).map((record) => record.fields),
    dataStart: start + new TextEncoder().encode(text.slice(0, dataFrom)).length,
    dataLine: last?.endLine ?? records[0]!.line,
    notices: found.notices,
  };
}

/**
 * The delimiter that splits the header into most fields, quotes respected; a tie goes to the earlier in the list. Where
 * the first line is no row of the table, another that splits the rows below more evenly is the one.
 */
function sniffDelimiter(text: string, form: Omit<RecordOptions, 'delimiter'>): Delimiter {
  const candidates = delimiters.map((delimiter) => {
    const [first, ...rows] = splitRecords(text, { ...form, delimiter }, 41, true);
    const width = commonWidth(rows);
    const even = rows.filter((row) => row.fields.length === width).length;
    return { delimiter, header: first?.fields.length ?? 0, even: width > 1 || rows.length === 0 ? even : -1 };
  });
  const byHeader = candidates.reduce((best, one) => (one.header > best.header ? one : best));
  const byRows = candidates.reduce((best, one) => (one.even > best.even ? one : best), byHeader);
  return byRows.delimiter;
}
