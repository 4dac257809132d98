import type { DataErrorCode } from '../data-error.ts';
import { FaultList } from '../source/fault-list.ts';
import { CellColumns } from './cell-columns.ts';
import { LineIndex } from './line-index.ts';
import type { CellKind, ScannerOptions } from './scanner-options.ts';

export const lineFeed = 10;
export const carriageReturn = 13;
export const quote = 34;
export const space = 32;
export const tab = 9;

/** Finds fields in a buffer of CSV bytes; the layers above read cells and records. */
export class FieldScanner {
  readonly faults: FaultList = new FaultList();
  readonly lines: LineIndex = new LineIndex();
  readonly columns: CellColumns;
  /** Rows read without fault, and rows with one. */
  rows = 0;
  rowsRejected = 0;

  readonly options: ScannerOptions;
  protected readonly kinds: readonly CellKind[];
  protected readonly delimiter: number;
  protected buffer: Uint8Array = new Uint8Array(1 << 21);
  /** Physical line of the record that is being read. */
  protected line: number;
  protected rowFaulty = false;
  protected fieldStart = 0;
  protected fieldEnd = 0;
  protected fieldHasEscape = false;
  protected linesInField = 0;

  constructor(options: ScannerOptions) {
    this.options = options;
    this.kinds = options.columns.map((column) => column.kind);
    this.columns = new CellColumns(this.kinds);
    this.delimiter = options.delimiter.charCodeAt(0);
    this.line = options.firstLine;
  }

  /** Finds the field at `start`: sets its bounds and returns where its delimiter or line end stands, −1 when incomplete. */
  protected field(start: number, limit: number): number {
    const { buffer, delimiter } = this;
    this.fieldHasEscape = false;
    if (buffer[start] === quote) return this.quotedField(start + 1, limit);
    if (buffer[start] === space) {
      let first = start;
      while (buffer[first] === space) first++;
      if (buffer[first] === quote) return this.quotedField(first + 1, limit);
    }
    let position = start;
    while (buffer[position] !== delimiter && buffer[position] !== lineFeed) position++;
    let end = position;
    if (buffer[position] === lineFeed && end > start && buffer[end - 1] === carriageReturn) end--;
    const next = Math.min(end, position);
    let first = start;
    while (first < end && buffer[first] === 32) first++;
    while (end > first && buffer[end - 1] === 32) end--;
    this.fieldStart = first;
    this.fieldEnd = end;
    return next;
  }

  protected quotedField(start: number, limit: number): number {
    const { buffer } = this;
    let lines = 0;
    let position = start;
    for (; position < limit; position++) {
      const byte = buffer[position];
      if (byte === lineFeed) lines++;
      if (byte !== quote) continue;
      if (buffer[position + 1] !== quote || position + 1 >= limit) break;
      this.fieldHasEscape = true;
      position++;
    }
    if (position >= limit) return -1;
    this.fieldStart = start;
    this.fieldEnd = position++;
    this.linesInField += lines;
    while (buffer[position] === 32) position++;
    const byte = buffer[position];
    if (byte === this.delimiter || byte === lineFeed || (byte === carriageReturn && buffer[position + 1] === lineFeed))
      return position;
    const text = this.text(start - 1, Math.min(position + 20, limit)).split('\n')[0]!;
    this.fault('data/open-quote', undefined, text, `text follows a closing quote: ${text}`);
    while (buffer[position] !== this.delimiter && buffer[position] !== lineFeed) position++;
    return position;
  }

  protected fieldText(): string {
    const text = this.text(this.fieldStart, this.fieldEnd);
    return this.fieldHasEscape ? text.replaceAll('""', '"') : text;
  }

  protected text(start: number, end: number): string {
    return new TextDecoder().decode(this.buffer.subarray(start, end));
  }

  protected fault(code: DataErrorCode, column: string | undefined, value: string, reason: string): void {
    this.rowFaulty = true;
    this.faults.add(code, { line: this.line, ...(column === undefined ? {} : { column }), value, reason });
  }
}
