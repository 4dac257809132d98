import { DataError } from '../data-error.ts';
import { shorten } from '../printable.ts';
import { epochTime, epochTimeOfInteger, epochUnitOf, type TimeUnit } from '../time/epoch-time.ts';
import { OffsetLog } from '../time/find-zone.ts';
import { parseTime } from '../time/parse-plain-time.ts';
import type { TimeReading } from '../time/parse-time.ts';
import { UnitChange } from '../time/unit-change.ts';
import { FieldScanner } from './field-scanner.ts';
import { numberForm } from './number-forms.ts';
import { numberHint, parseNumber } from './parse-number.ts';
import type { ScannerOptions } from './scanner-options.ts';
import { formatFault, lostDigits, timeFault } from './time-fault.ts';

/** Reads any cell as its column wants: quoted, padded, empty, in exponents or faulty. */
export class CellScanner extends FieldScanner {
  firstNaiveLine = 0;
  firstZonedLine = 0;
  firstInexactLine = 0;
  epochUnit: TimeUnit | undefined;
  readonly units: UnitChange = new UnitChange();
  /** Forms of the numbers of each column, as `numberForm` tells them. */
  readonly forms: Uint8Array;
  /** Cells of the record that make up its time. */
  private readonly parts: string[] = [];
  readonly time: TimeReading = { hasZone: false, offset: 0, droppedDigits: false };
  utcOffset: number | 'varying' | undefined;
  readonly offsets: OffsetLog = new OffsetLog();
  private readonly nullValues: ReadonlySet<string>;

  constructor(options: ScannerOptions) {
    super(options);
    this.nullValues = new Set(options.nullValues);
    this.epochUnit = options.timeUnit;
    this.forms = new Uint8Array(options.columns.length);
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

  protected valueCell(column: number, kind: 'number' | 'time' | 'epoch' | 'formatted' | 'part', cell: string): void {
    const text = cell.trim();
    const { name, isKey } = this.options.columns[column]!;
    if (this.nullValues.has(text)) {
      if (isKey) this.fault('data/empty-key', name, text, `empty ${name}; every row needs one`);
      this.columns.values[column]![this.rows] = Number.NaN;
    } else if (kind === 'number') this.numberCell(column, name, text);
    else if (kind === 'epoch') this.epochCell(column, name, text);
    else if (kind === 'formatted') this.formattedCell(column, name, text);
    else if (kind === 'part') this.parts[this.options.timeParts.indexOf(column)] = text;
    else this.timeCell(column, name, text);
  }

  protected numberCell(column: number, name: string, text: string): void {
    const { style, columns } = this.options;
    const value = parseNumber(text, style) ?? (columns[column]!.isWatched ? Number.NaN : undefined);
    if (value === undefined) {
      const shown = shorten(text);
      this.fault('data/bad-number', name, shown, `"${shown}" is not a number${numberHint(shown, style)}`);
      return;
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[+-]?\d+$/.test(text))
      this.firstInexactLine ||= this.line;
    this.forms[column]! |= numberForm(text, style.decimal);
    this.columns.values[column]![this.rows] = value;
  }

  protected epochCell(column: number, name: string, text: string): void {
    const isWhole = /^-?\d+$/.test(text);
    const value = isWhole ? Number(text) : parseNumber(text, this.options.style);
    if (value === undefined || !Number.isFinite(value) || lostDigits.test(text)) {
      this.fault(...timeFault(name, shorten(text)));
      return;
    }
    const { timeUnit, foundUnit } = this.options;
    const unit = timeUnit ?? foundUnit ?? epochUnitOf(value);
    this.epochUnit = unit;
    if (
      timeUnit === undefined &&
      unit !== 'excel' &&
      unit !== 'cocoa' &&
      this.units.isStray(value, unit, this.line, text)
    ) {
      this.fault('data/time-range', name, text, `${text} is not in ${unit} since 1970, as the others are`);
      return;
    }
    if (unit !== 'excel') this.utcOffset = 0;
    const isLong = isWhole && !Number.isSafeInteger(value);
    const time = isLong ? epochTimeOfInteger(BigInt(text), unit) : epochTime(value, unit);
    if (unit === 'ns' && !text.endsWith('000')) this.time.droppedDigits = true;
    this.columns.values[column]![this.rows] = time;
  }

  protected timeCell(column: number, name: string, text: string): void {
    const time = parseTime(text, this.time);
    if (Number.isNaN(time))
      this.fault(...timeFault(name, shorten(text), this.faults.count < 5 ? this.options.timeSample : []));
    else this.keepTime(column, time);
  }

  protected formattedCell(column: number, name: string, text: string): void {
    const format = this.options.timeFormat!;
    const time = format.parse(text);
    this.time.hasZone = format.hasZone;
    this.time.offset = format.offset();
    if (Number.isNaN(time)) this.fault(...formatFault(name, shorten(text), format.format));
    else this.keepTime(column, time);
  }

  /** Reads the time of a record whose cells are all there, where it stands in several. */
  protected joinedTime(): void {
    const { timeParts, timeJoiner, columns } = this.options;
    const name = timeParts.map((column) => columns[column]!.name).join(' + ');
    const text = timeJoiner!.join(this.parts);
    if (timeJoiner!.isRead) this.timeCell(timeParts[0]!, name, text);
    else this.formattedCell(timeParts[0]!, name, text);
  }

  protected keepTime(column: number, time: number): void {
    if (this.time.hasZone) {
      this.firstZonedLine ||= this.line;
      if (this.time.offset !== this.utcOffset)
        this.utcOffset = this.utcOffset === undefined ? this.time.offset : 'varying';
      this.offsets.add(this.rows, this.time.offset);
    } else this.firstNaiveLine ||= this.line;
    this.columns.values[column]![this.rows] = time;
  }
}
