import { type BarColumns, barColumnsAmong } from '../bars/bar-columns.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SourceTable, TextColumn } from '../source/source-table.ts';
import { roundSerialDates } from '../time/round-serial-dates.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvScanner } from './csv-scanner.ts';
import { noRows } from './no-rows.ts';
import { checkNumberForms, threeDecimals } from './number-forms.ts';
import type { NumberStyle } from './parse-number.ts';

/** Of `CsvOptions` what decides here; the reader's own file imports this one. */
interface ScanOptions extends SeriesOptions {
  readonly delimiter?: string;
  readonly badRows?: 'error' | 'reject';
}

/** A file that was scanned, and what was told and found about it. */
export interface ScannedFile {
  readonly name: string;
  readonly dialect: CsvDialect;
  readonly roles: Roles;
  readonly scanner: CsvScanner;
  readonly options: ScanOptions;
  readonly style: NumberStyle;
  readonly notices: readonly string[];
}

/** Turns a finished scan into a table; faults become the error unless they are to be rejected. */
export async function tableFromScan(file: ScannedFile): Promise<SourceTable> {
  const { name, dialect, roles, scanner, options } = file;
  const { faults } = scanner;
  if (faults.count > 0 && options.badRows !== 'reject') {
    if (scanner.units.isFound) throw scanner.units.toError(name, roles.time!, 'line');
    throw faults.toError(name, `Correct the file, or pass ${remedy('badRows', 'reject')} to leave such rows out.`);
  }
  if (scanner.rows === 0) throw noRows(name, scanner.rowsRejected);
  checkZones(name, roles.time, scanner);
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, TextColumn>();
  let time: Float64Array | null = null;
  for (const [index, column] of dialect.header.entries()) {
    const values = scanner.columns.values[index]?.subarray(0, scanner.rows);
    const codes = scanner.columns.codes[index]?.subarray(0, scanner.rows);
    if (values && column === roles.time) time = values;
    else if (values && !scanner.options.columns[index]!.isWatched) numbers.set(column, values);
    if (codes) texts.set(column, { codes, names: scanner.columns.dictionaries[index]!.names });
  }
  const timeNotices = time === null ? [] : await checkTimes(file, time);
  const formNotices = checkForms(file, numbers);
  return {
    name,
    format: 'csv',
    rows: scanner.rows,
    time,
    timeHasZone: scanner.firstZonedLine > 0 || (scanner.epochUnit !== undefined && scanner.epochUnit !== 'excel'),
    timeColumn: roles.time,
    ...(roles.clock === undefined ? {} : { clockColumns: roles.clock }),
    ...(roles.names === undefined ? {} : { nameColumns: roles.names }),
    ...(roles.otherTime === undefined ? {} : { otherTime: roles.otherTime }),
    ...(scanner.utcOffset === undefined ? {} : { utcOffset: scanner.utcOffset }),
    ...(scanner.utcOffset === 'varying' ? { offsetRuns: scanner.offsets } : {}),
    timeTexts: scanner.epochUnit === undefined ? timeTexts(dialect, roles.time) : [],
    isShared: false,
    numbers,
    texts,
    ...barsOf(dialect, scanner),
    lineOf: (row) => scanner.lines.lineOf(row),
    rowsRead: scanner.rows + scanner.rowsRejected,
    rowsRejected: scanner.rowsRejected,
    rejected: faults.faults,
    unusedColumns: roles.unused,
    notices: [...notices(file), ...timeNotices, ...formNotices],
  };
}

/** The parts of price bars, whether they have a role or were read for this alone. */
function barsOf({ header }: CsvDialect, { columns, rows }: CsvScanner): { readonly bars?: BarColumns } {
  const parts = [...barColumnsAmong(header)].flatMap(([name, part]) => {
    const values = columns.values[header.indexOf(name)]?.subarray(0, rows);
    return values ? [[part, values] as const] : [];
  });
  return parts.length === 0 ? {} : { bars: Object.fromEntries(parts) };
}

/** The first cells of the time column, as they are written. */
function timeTexts(dialect: CsvDialect, column: string | null): string[] {
  const index = column === null ? -1 : dialect.header.indexOf(column);
  return dialect.sample.map((record) => record[index] ?? '').filter((text) => text !== '');
}

/** Numbers that became times must be times that people have; years and days in digits are such numbers as well. */
async function checkTimes({ name, roles, scanner, options }: ScannedFile, time: Float64Array): Promise<string[]> {
  const { epochUnit: unit } = scanner;
  if (unit !== undefined) {
    // Loaded when asked for: half of it are words for numbers that are no times.
    const { checkEpochs } = await import('../time/check-epochs.ts');
    checkEpochs(time, { file: name, column: roles.time!, unit, isTold: options.timeUnit !== undefined });
  }
  return unit === 'excel' ? roundSerialDates(roles.time!, time) : [];
}

/** Looks at the forms of numbers in every column that nobody told the decimal sign of. */
function checkForms(
  { name, dialect, scanner, options, style }: ScannedFile,
  numbers: ReadonlyMap<string, Float64Array>,
): string[] {
  if (options.decimal !== undefined || options.thousands !== undefined) return [];
  // Tools that part fields with commas write numbers with points; people who write numbers with commas part fields otherwise.
  const isLocal = dialect.delimiter !== ',';
  return [...numbers].flatMap(([column, values]) => {
    const forms = scanner.forms[dialect.header.indexOf(column)]!;
    const row =
      (forms & threeDecimals) === 0 ? -1 : values.findIndex((value) => value % 1 !== 0 && !Number.isNaN(value));
    const example = row < 0 ? undefined : { value: values[row]!, line: scanner.lines.lineOf(row) };
    const notice = checkNumberForms(name, column, forms, style.decimal, example);
    return isLocal && notice !== undefined ? [notice] : [];
  });
}

function checkZones(name: string, column: string | null, scanner: CsvScanner): void {
  const { firstNaiveLine, firstZonedLine } = scanner;
  if (firstNaiveLine === 0 || firstZonedLine === 0) return;
  const message = `${name}: column '${column}' mixes times with a UTC offset (line ${firstZonedLine}) and without one (line ${firstNaiveLine}); write all of them with an offset or none.`;
  throw new DataError('data/mixed-time-zones', message, {
    file: name,
    line: Math.max(firstNaiveLine, firstZonedLine),
    ...(column === null ? {} : { column }),
  });
}

function notices({ dialect, roles, scanner, options, notices: found }: ScannedFile): string[] {
  const lines = [...found, ...dialect.notices];
  if (options.delimiter === undefined && dialect.delimiter !== ',') {
    lines.push(`delimiter ${dialect.delimiter === '\t' ? 'tab' : `'${dialect.delimiter}'`} found`);
  }
  if (scanner.epochUnit !== undefined && options.timeUnit === undefined) {
    lines.push(`column '${roles.time}' holds whole numbers, read as ${scanner.epochUnit} since 1970`);
  }
  if (scanner.time.droppedDigits)
    lines.push(`column '${roles.time}' has digits beyond the microsecond, which were dropped`);
  if (scanner.firstInexactLine > 0)
    lines.push(`line ${scanner.firstInexactLine}: a whole number beyond 2^53 is not exact in float64`);
  return lines;
}
