/** A record of the head of a file: its cells as texts, trimmed, and where it stands. */
export interface TextRecord {
  readonly fields: readonly string[];
  /** Physical line on which it begins, from 1, and the line behind it. */
  readonly line: number;
  readonly endLine: number;
  /** Its first letter in the text, and the one behind it. */
  readonly start: number;
  readonly end: number;
}

/** What is no record. */
export interface RecordOptions {
  readonly delimiter: string;
  readonly skipRows: number;
  readonly comment: string | undefined;
}

/**
 * Splits text into at most `limit` records; a last record without line end counts only when the text is whole. Lines that
 * are skipped, comments, blank lines and lines of delimiters alone are none.
 */
export function splitRecords(text: string, options: RecordOptions, limit: number, isWhole: boolean): TextRecord[] {
  const records: TextRecord[] = [];
  let { position, line } = skipLines(text, options.skipRows);
  while (position < text.length && records.length < limit) {
    if (options.comment !== undefined && text[position] === options.comment) {
      const end = text.indexOf('\n', position);
      position = end < 0 ? text.length : end + 1;
      line++;
      continue;
    }
    const record = readRecord(text, options.delimiter, position, line);
    if (!record || (record.end === text.length && !isWhole && text[record.end - 1] !== '\n')) break;
    position = record.end;
    line = record.endLine;
    if (record.fields.some((field) => field !== '')) records.push(record);
  }
  return records;
}

function skipLines(text: string, count: number): { position: number; line: number } {
  let position = 0;
  for (let line = 0; line < count; line++) {
    const end = text.indexOf('\n', position);
    if (end < 0) return { position: text.length, line: line + 1 };
    position = end + 1;
  }
  return { position, line: count + 1 };
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
      fields.push(field.trim());
      field = '';
    } else if (letter === '\n')
      return { fields: [...fields, field.trim()], line: firstLine, start, end: k + 1, endLine: line };
    else if (letter !== '\r' || text[k + 1] !== '\n') field += letter;
  }
  if (isQuoted) return undefined;
  return { fields: [...fields, field.trim()], line: firstLine, start, end: text.length, endLine: line + 1 };
}

/** The number of fields that most records have. */
export function commonWidth(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
