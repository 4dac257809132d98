import { DataError, type DataErrorCode } from '../data-error.ts';
import { FaultList } from '../source/fault-list.ts';
import { type EpochUnit, epochTime, epochTimeOfInteger, epochUnitOf } from '../time/epoch-time.ts';
import type { TimeFormat } from '../time/parse-formatted-time.ts';
import { parseIsoTime, type TimeReading } from '../time/parse-time.ts';
import { CellColumns } from './cell-columns.ts';
import { LineIndex } from './line-index.ts';
import { numberHint, parseNumber } from './parse-number.ts';
import { timeFault } from './time-fault.ts';

/** How the cells of one column are read. */
export type CellKind = 'skip' | 'number' | 'time' | 'epoch' | 'formatted' | 'text';

/** One column of the file, in the order of the header; an empty cell of a key is a fault. */
export interface CellColumn {
  readonly name: string;
  readonly kind: CellKind;
  readonly isKey: boolean;
}

/** What the scanner has to know; `expectedBytes` lets it reserve the columns once. */
export interface ScannerOptions {
  readonly columns: readonly CellColumn[];
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly nullValues: readonly string[];
  readonly firstLine: number;
  readonly epochUnit: EpochUnit | undefined;
  readonly timeFormat: TimeFormat | undefined;
  readonly expectedBytes: number | undefined;
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
/** A quoted field longer than this is a quote left open, and not worth the memory of the rest of the file. */
const longestField = 1 << 24;
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const exactLimit = 2 ** 53;

/**
 * Reads CSV records from byte chunks straight into typed columns, without a string per cell. Plain numbers, repeated
 * texts and ISO times take short paths; anything unusual (quotes, blanks, exponents, faults) takes `cell`.
 */
export class CsvScanner {
  readonly faults: FaultList = new FaultList();
  readonly lines: LineIndex = new LineIndex();
  readonly columns: CellColumns;
  rows = 0;
  rowsRejected = 0;
  firstNaiveLine = 0;
  firstZonedLine = 0;
  firstInexactLine = 0;
  epochUnit: EpochUnit | undefined;
  readonly time: TimeReading = { hasZone: false, droppedDigits: false };

  private readonly options: ScannerOptions;
  private readonly nullValues: ReadonlySet<string>;
  private readonly delimiter: number;
  private readonly point: number;
  private readonly nullIsEmpty: boolean;
  private readonly kinds: readonly CellKind[];
  private buffer: Uint8Array = new Uint8Array(1 << 21);
  private filled = 0;
  private position = 0;
  private line: number;
  private rowFaulty = false;
  private fieldStart = 0;
  private fieldEnd = 0;
  private fieldHasEscape = false;
  private linesInField = 0;

  constructor(options: ScannerOptions) {
    this.options = options;
    this.kinds = options.columns.map((column) => column.kind);
    this.columns = new CellColumns(this.kinds);
    this.delimiter = options.delimiter.charCodeAt(0);
    this.point = options.decimal.charCodeAt(0);
    this.nullValues = new Set(options.nullValues);
    this.nullIsEmpty = this.nullValues.has('');
    this.line = options.firstLine;
    this.epochUnit = options.epochUnit;
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
      if (buffer[position] === lineFeed || (buffer[position] === carriageReturn && buffer[position + 1] === lineFeed)) {
        position += buffer[position] === lineFeed ? 1 : 2;
        this.line++;
        continue;
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
      this.columns.values[column]![this.rows] = isNegative ? -size : size;
      return position;
    }
    return this.other(column, start, limit);
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

  /** Finds the field, then reads it as its column wants. Returns −1 when the field is not complete yet. */
  private other(column: number, start: number, limit: number): number {
    const next = this.field(start, limit);
    if (next < 0) return next;
    const kind = this.kinds[column]!;
    if (kind === 'skip') return next;
    if (kind === 'text') this.textCell(column);
    else this.valueCell(column, kind, this.fieldText());
    return next;
  }

  private textCell(column: number): void {
    const { columns, fieldStart, fieldEnd } = this;
    const { name, isKey } = this.options.columns[column]!;
    const isEmpty = fieldStart === fieldEnd;
    if (isEmpty && isKey) this.fault('data/empty-key', name, '', `empty ${name}; every row needs one`);
    if (isEmpty) {
      columns.codes[column]![this.rows] = -1;
      return;
    }
    const dictionary = columns.dictionaries[column]!;
    try {
      if (!this.fieldHasEscape) {
        columns.codes[column]![this.rows] = dictionary.code(this.buffer, fieldStart, fieldEnd);
        return;
      }
      const bytes = new TextEncoder().encode(this.fieldText());
      columns.codes[column]![this.rows] = dictionary.code(bytes, 0, bytes.length);
    } catch (error) {
      if (!DataError.isInstance(error)) throw error;
      this.fault('data/encoding', name, this.fieldText(), 'not valid UTF-8; save the file as UTF-8');
    }
  }

  private valueCell(column: number, kind: 'number' | 'time' | 'epoch' | 'formatted', text: string): void {
    const { name, isKey } = this.options.columns[column]!;
    if (this.nullValues.has(text) && (text !== '' || this.nullIsEmpty)) {
      if (isKey) this.fault('data/empty-key', name, text, `empty ${name}; every row needs one`);
      this.columns.values[column]![this.rows] = Number.NaN;
    } else if (kind === 'number') this.numberCell(column, name, text);
    else if (kind === 'epoch') this.epochCell(column, name, text);
    else if (kind === 'formatted') this.formattedCell(column, name, text);
    else {
      const bytes = new TextEncoder().encode(text);
      const time = parseIsoTime(bytes, 0, bytes.length, this.time);
      if (Number.isNaN(time)) this.fault(...timeFault(name, text));
      else this.keepTime(column, time);
    }
  }

  private numberCell(column: number, name: string, text: string): void {
    const value = parseNumber(text, this.options.decimal);
    if (value === undefined) {
      const reason = `"${text}" is not a number${numberHint(text, this.options.decimal)}`;
      this.fault('data/bad-number', name, text, reason);
      return;
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[+-]?\d+$/.test(text))
      this.firstInexactLine ||= this.line;
    this.columns.values[column]![this.rows] = value;
  }

  private epochCell(column: number, name: string, text: string): void {
    const isWhole = /^-?\d+$/.test(text);
    const value = isWhole ? Number(text) : parseNumber(text, '.');
    if (value === undefined || !Number.isFinite(value)) {
      this.fault(...timeFault(name, text));
      return;
    }
    this.epochUnit ??= epochUnitOf(value);
    const isLong = isWhole && !Number.isSafeInteger(value);
    const time = isLong ? epochTimeOfInteger(BigInt(text), this.epochUnit) : epochTime(value, this.epochUnit);
    if (this.epochUnit === 'ns' && !text.endsWith('000')) this.time.droppedDigits = true;
    this.columns.values[column]![this.rows] = time;
  }

  private formattedCell(column: number, name: string, text: string): void {
    const format = this.options.timeFormat!;
    const time = format.parse(text);
    this.time.hasZone = format.hasZone;
    if (Number.isNaN(time)) this.fault('data/bad-time', name, text, `"${text}" does not match timeFormat`);
    else this.keepTime(column, time);
  }

  private keepTime(column: number, time: number): void {
    if (this.time.hasZone) this.firstZonedLine ||= this.line;
    else this.firstNaiveLine ||= this.line;
    this.columns.values[column]![this.rows] = time;
  }

  /** Finds the field at `start`: sets its bounds and returns where its delimiter or line end stands, −1 when incomplete. */
  private field(start: number, limit: number): number {
    const { buffer, delimiter } = this;
    this.fieldHasEscape = false;
    if (buffer[start] === quote) return this.quotedField(start + 1, limit);
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

  private quotedField(start: number, limit: number): number {
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

  private fieldText(): string {
    const text = this.text(this.fieldStart, this.fieldEnd);
    return this.fieldHasEscape ? text.replaceAll('""', '"') : text;
  }

  private text(start: number, end: number): string {
    return new TextDecoder().decode(this.buffer.subarray(start, end));
  }

  private fault(code: DataErrorCode, column: string | undefined, value: string, reason: string): void {
    this.rowFaulty = true;
    this.faults.add(code, { line: this.line, ...(column === undefined ? {} : { column }), value, reason });
  }
}
