import { parseIsoTime } from '../time/parse-time.ts';
import { CellScanner } from './cell-scanner.ts';
import { carriageReturn, lineFeed, quote, space, tab } from './field-scanner.ts';
import { largeWhole, otherDecimals, smallWhole, threeDecimals } from './number-forms.ts';
import { nullNumbers } from './parse-number.ts';
import type { ScannerOptions } from './scanner-options.ts';

/** A quoted field longer than this is a quote left open, and not worth the memory of the rest of the file. */
const longestField = 1 << 24;
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const exactLimit = 2 ** 53;

/**
 * Reads CSV records from byte chunks straight into typed columns, without a string per cell. Plain numbers, repeated
 * texts and ISO times take short paths; anything unusual (quotes, blanks, exponents, faults) takes `cell`.
 */
export class CsvScanner extends CellScanner {
  private readonly point: number;
  private readonly comment: number;
  private filled = 0;
  private position = 0;

  constructor(options: ScannerOptions) {
    super(options);
    this.point = options.style.decimal.charCodeAt(0);
    this.comment = options.comment?.charCodeAt(0) ?? -1;
  }

  /** Takes the next bytes; records that are complete are read at once. */
  push(chunk: Uint8Array): void {
    const rest = this.filled - this.position;
    if (rest + chunk.length + 2 > this.buffer.length) {
      const larger = new Uint8Array((rest + chunk.length + 2) * 2);
      larger.set(this.buffer.subarray(this.position, this.filled));
      this.buffer = larger;
    } else this.buffer.copyWithin(0, this.position, this.filled);
    this.buffer.set(chunk, rest);
    this.filled = rest + chunk.length;
    this.position = 0;
    const lastLine = this.buffer.lastIndexOf(lineFeed, this.filled - 1);
    if (lastLine >= 0 && lastLine < this.filled) this.scan(lastLine + 1, rest > longestField);
    if (this.columns.capacity < this.rows + 1024) this.reserveMore();
  }

  /** Reads what is left; the last line need not end. */
  finish(): void {
    if (this.position < this.filled && this.buffer[this.filled - 1] !== lineFeed) this.buffer[this.filled++] = lineFeed;
    this.scan(this.filled, true);
    this.leaveOutNulls();
  }

  /** A number that means "no value" (`-9999`) is a text to who tells it, and a number to the short path. */
  private leaveOutNulls(): void {
    const nulls = nullNumbers(this.options.nullValues, this.options.style);
    if (nulls.size === 0) return;
    for (const [at, values] of this.columns.values.entries()) {
      if (!values || this.options.columns[at]!.isKey) continue;
      for (let row = 0; row < this.rows; row++) if (nulls.has(values[row]!)) values[row] = Number.NaN;
    }
  }

  private reserveMore(): void {
    this.columns.reserve(Math.max(4096, this.columns.capacity * 2));
  }

  private scan(limit: number, isLast: boolean): void {
    const { buffer, kinds, delimiter, columns } = this;
    const count = kinds.length;
    if (columns.capacity === 0) this.reserveFirst(limit);
    let position = this.position;
    while (position < limit) {
      const first = buffer[position]!;
      if (first <= space || first === delimiter || first === this.comment) {
        const next = this.emptyLine(position);
        if (next >= 0) {
          position = next;
          this.line++;
          continue;
        }
      }
      if (this.rows === columns.capacity) this.reserveMore();
      const start = position;
      this.rowFaulty = false;
      this.linesInField = 0;
      const faultsBefore = this.faults.count;
      let column = 0;
      for (; column < count; column++) {
        const kind = kinds[column];
        position =
          kind === 'number'
            ? this.number(column, position, limit)
            : kind === 'time'
              ? this.isoTime(column, position, limit)
              : this.other(column, position, limit);
        if (position < 0) break;
        if (buffer[position] !== delimiter || column === count - 1) break;
        position++;
      }
      if (position < 0) {
        this.faults.truncate(faultsBefore);
        position = isLast ? this.openQuote(column, start, limit) : start;
        if (!isLast) break;
        continue;
      }
      position = this.endRecord(start, position, column + 1, limit, faultsBefore);
    }
    this.position = position;
  }

  /** The place behind a line without a cell: blanks and delimiters alone, or a comment. −1 when it is a record. */
  private emptyLine(start: number): number {
    const { buffer, delimiter } = this;
    const isComment = buffer[start] === this.comment;
    let position = start;
    for (let byte = buffer[position]; byte !== lineFeed; byte = buffer[++position])
      if (!isComment && byte !== space && byte !== delimiter && byte !== tab && byte !== carriageReturn) return -1;
    return position + 1;
  }

  private reserveFirst(limit: number): void {
    let lines = 1;
    for (let k = this.position; k < limit; k++) if (this.buffer[k] === lineFeed) lines++;
    const bytes = limit - this.position;
    const expected = this.options.expectedBytes;
    this.columns.reserve(expected === undefined ? lines + 1024 : Math.ceil((expected / bytes) * lines * 1.02) + 16);
  }

  private endRecord(start: number, at: number, fields: number, limit: number, faultsBefore: number): number {
    const { buffer } = this;
    let position = at;
    if (buffer[position] === carriageReturn) position++;
    if (fields !== this.kinds.length || buffer[position] !== lineFeed) {
      // What is wrong with the row is its form: cells read in the wrong columns are no faults of their own.
      this.faults.truncate(faultsBefore);
      position = this.ragged(start, at, fields, limit);
    }
    if (this.options.timeParts.length > 0 && !this.rowFaulty) this.joinedTime();
    if (this.rowFaulty) this.rowsRejected++;
    else this.lines.add(this.rows++, this.line);
    this.line += 1 + this.linesInField;
    return position + 1;
  }

  private ragged(start: number, at: number, fields: number, limit: number): number {
    let found = fields;
    let position = at;
    while (this.buffer[position] === this.delimiter) {
      found++;
      const next = this.field(position + 1, limit);
      if (next < 0) break;
      position = next;
    }
    const end = this.buffer.indexOf(lineFeed, position);
    const text = this.text(start, end).trimEnd();
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    this.fault('data/ragged-row', undefined, shown, `expected ${this.kinds.length} fields, found ${found}: "${shown}"`);
    return end;
  }

  private openQuote(column: number, start: number, limit: number): number {
    const text = this.text(start, Math.min(limit, start + 40)).trimEnd();
    const name = this.options.columns[column]?.name;
    this.fault('data/open-quote', name, text, `the quote opened in field ${column + 1} is never closed: ${text}`);
    this.rowsRejected++;
    return limit;
  }

  /** A plain decimal number; everything else goes to `other`. */
  private number(column: number, start: number, limit: number): number {
    const { buffer, delimiter, point } = this;
    let position = start;
    let byte = buffer[position]!;
    const isNegative = byte === 45;
    if (isNegative) byte = buffer[++position]!;
    let mantissa = 0;
    let digit = byte - 48;
    const firstDigit = position;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = buffer[++position]! - 48;
    }
    let decimals = 0;
    if (buffer[position] === point && point !== delimiter) {
      const first = ++position;
      digit = buffer[position]! - 48;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = buffer[++position]! - 48;
      }
      decimals = position - first;
      if (position - firstDigit < 2) return this.other(column, start, limit);
    } else if (position === firstDigit) return this.other(column, start, limit);
    byte = buffer[position]!;
    // Below 2^53 the digits are exact and one division by an exact power of ten rounds correctly.
    if (
      (byte === delimiter || byte === lineFeed || byte === carriageReturn) &&
      mantissa < exactLimit &&
      decimals < 23
    ) {
      const size = decimals === 0 ? mantissa : mantissa / powersOfTen[decimals]!;
      if (decimals > 0 || mantissa > 0) this.noteForm(column, mantissa, decimals);
      this.columns.values[column]![this.rows] = isNegative ? -size : size;
      return position;
    }
    return this.other(column, start, limit);
  }

  /** Apart from `number`, which is short enough to be compiled into the loop over cells. */
  private noteForm(column: number, mantissa: number, decimals: number): void {
    const whole = mantissa < 1000 ? smallWhole : largeWhole;
    const fraction = decimals === 3 && mantissa >= 1000 && mantissa < 1e6 ? threeDecimals : otherDecimals;
    const form = decimals > 0 ? fraction : whole;
    if ((this.forms[column]! & form) === 0) this.forms[column]! |= form;
  }

  private isoTime(column: number, start: number, limit: number): number {
    const { buffer, delimiter } = this;
    let position = start;
    let byte = buffer[position]!;
    while (byte !== delimiter && byte !== lineFeed && byte !== quote) byte = buffer[++position]!;
    if (byte === quote) return this.other(column, start, limit);
    const end = buffer[position - 1] === carriageReturn && byte === lineFeed ? position - 1 : position;
    const time = parseIsoTime(buffer, start, end, this.time);
    if (Number.isNaN(time)) return this.other(column, start, limit);
    this.keepTime(column, time);
    return end;
  }
}
