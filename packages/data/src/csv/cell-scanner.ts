import { DataError } from '../data-error.ts';
import { type EpochUnit, epochTime, epochTimeOfInteger, epochUnitOf } from '../time/epoch-time.ts';
import { parseIsoTime, type TimeReading } from '../time/parse-time.ts';
import { FieldScanner } from './field-scanner.ts';
import { numberHint, parseNumber } from './parse-number.ts';
import type { ScannerOptions } from './scanner-options.ts';
import { timeFault } from './time-fault.ts';

/** Reads any cell as its column wants: quoted, padded, empty, in exponents or faulty. */
export class CellScanner extends FieldScanner {
  firstNaiveLine = 0;
  firstZonedLine = 0;
  firstInexactLine = 0;
  epochUnit: EpochUnit | undefined;
  readonly time: TimeReading = { hasZone: false, offset: 0, droppedDigits: false };
  utcOffset: number | 'varying' | undefined;
  private readonly nullValues: ReadonlySet<string>;

  constructor(options: ScannerOptions) {
    super(options);
    this.nullValues = new Set(options.nullValues);
    this.epochUnit = options.epochUnit;
  }

  /** Finds the field, then reads it as its column wants. Returns −1 when the field is not complete yet. */
  protected other(column: number, start: number, limit: number): number {
    const next = this.field(start, limit);
    if (next < 0) return next;
    const kind = this.kinds[column]!;
    if (kind === 'skip') return next;
    if (kind === 'text') this.textCell(column);
    else this.valueCell(column, kind, this.fieldText());
    return next;
  }

  protected textCell(column: number): void {
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

  protected valueCell(column: number, kind: 'number' | 'time' | 'epoch' | 'formatted', text: string): void {
    const { name, isKey } = this.options.columns[column]!;
    if (this.nullValues.has(text)) {
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

  protected numberCell(column: number, name: string, text: string): void {
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

  protected epochCell(column: number, name: string, text: string): void {
    const isWhole = /^-?\d+$/.test(text);
    const value = isWhole ? Number(text) : parseNumber(text, '.');
    if (value === undefined || !Number.isFinite(value)) {
      this.fault(...timeFault(name, text));
      return;
    }
    this.epochUnit ??= epochUnitOf(value);
    this.utcOffset = 0;
    const isLong = isWhole && !Number.isSafeInteger(value);
    const time = isLong ? epochTimeOfInteger(BigInt(text), this.epochUnit) : epochTime(value, this.epochUnit);
    if (this.epochUnit === 'ns' && !text.endsWith('000')) this.time.droppedDigits = true;
    this.columns.values[column]![this.rows] = time;
  }

  protected formattedCell(column: number, name: string, text: string): void {
    const format = this.options.timeFormat!;
    const time = format.parse(text);
    this.time.hasZone = format.hasZone;
    if (Number.isNaN(time)) this.fault('data/bad-time', name, text, `"${text}" does not match timeFormat`);
    else this.keepTime(column, time);
  }

  protected keepTime(column: number, time: number): void {
    if (this.time.hasZone) {
      this.firstZonedLine ||= this.line;
      if (this.time.offset !== this.utcOffset)
        this.utcOffset = this.utcOffset === undefined ? this.time.offset : 'varying';
    } else this.firstNaiveLine ||= this.line;
    this.columns.values[column]![this.rows] = time;
  }
}
