import { badOption, checkKeys, checkText } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { FaultList } from '../source/fault-list.ts';
import { toNumbers } from '../source/loose-cells.ts';
import type { SourceTable } from '../source/source-table.ts';
import { advanceTime } from '../time/advance-time.ts';
import { type Frequency, parseFrequency } from '../time/frequency.ts';
import { parseTime } from '../time/parse-plain-time.ts';
import { parseTimeText } from '../time/parse-time-text.ts';
import { buildSeries } from './build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from './series-options.ts';
import type { SeriesSet } from './series-set.ts';

/** A number as `readRows` takes them: null, undefined, NaN and holes are no value; texts of anything else are refused. */
export type NumberCell = number | bigint | boolean | string | null | undefined;

/** One series in memory. Cells without a value are missing, see `missing`. */
export interface SeriesInput {
  readonly id: string;
  readonly values: ArrayLike<NumberCell>;
  /** Time of the first step; the others follow the frequency. */
  readonly start?: string | number | Date;
  /** Or the times of all steps: milliseconds since the epoch, Dates or ISO texts. */
  readonly times?: ArrayLike<string | number | Date>;
  readonly historic?: Readonly<Record<string, ArrayLike<NumberCell>>>;
  /** May be longer than `values`: the rest is known ahead. */
  readonly future?: Readonly<Record<string, ArrayLike<NumberCell>>>;
  readonly static?: Readonly<Record<string, NumberCell>>;
}

/** Policies for series in memory; the columns follow from the input. */
export interface SeriesFromArraysOptions
  extends Pick<
    SeriesOptions,
    'frequency' | 'gaps' | 'missing' | 'duplicates' | 'unsorted' | 'nonFinite' | 'timezone' | 'name'
  > {
  /** Name of the target; default `value`. */
  readonly target?: string;
}

/**
 * Makes a set of series that are in memory; values are copied. Without `start` and `times` the order of rows counts.
 * `missing` is `mask` by default: NaN or null is how an array says that a value is not there.
 *
 * @throws DataError as the readers do (`data/bad-number` with series and step), and when lengths disagree
 */
export function seriesFromArrays(series: readonly SeriesInput[], options: SeriesFromArraysOptions = {}): SeriesSet {
  checkKeys('seriesFromArrays', options, [
    'frequency',
    'gaps',
    'missing',
    'duplicates',
    'unsorted',
    'nonFinite',
    'timezone',
    'name',
    'target',
  ]);
  checkText('seriesFromArrays', 'target', options.target);
  const { target = 'value', ...policies } = options;
  const seriesOptions: SeriesOptions = { missing: 'mask', ...policies };
  checkSeriesOptions('seriesFromArrays', seriesOptions, []);
  checkInput(series);
  const table = joinRows(
    series,
    target,
    options.frequency === undefined ? undefined : parseFrequency(options.frequency),
    options.name ?? 'arrays',
  );
  return buildSeries(table, rolesOf(series, target, table.time !== null), seriesOptions);
}

function rolesOf(series: readonly SeriesInput[], target: string, hasTime: boolean): Roles {
  const names = (role: 'historic' | 'future' | 'static') => Object.keys(series[0]![role] ?? {});
  return {
    time: hasTime ? 'time' : null,
    id: 'id',
    targets: [target],
    historic: names('historic'),
    future: names('future'),
    static: names('static'),
    unused: [],
  };
}

function rowsOf(series: SeriesInput): number {
  return Object.values<ArrayLike<NumberCell>>(series.future ?? {}).reduce(
    (most, column) => Math.max(most, column.length),
    series.values.length,
  );
}

function checkInput(series: readonly SeriesInput[]): void {
  if (!Array.isArray(series)) throw badOption('seriesFromArrays', 'series', 'a list of series', series);
  const fail = (id: string, message: string) =>
    new DataError('data/bad-option', `seriesFromArrays: series '${id}': ${message}`, { series: id });
  const first = series[0];
  if (!first) throw new DataError('data/too-short', 'seriesFromArrays: at least one series is needed.');
  const ids = new Set<string>();
  for (const one of series) {
    checkShape(one);
    if (ids.has(one.id))
      throw new DataError('data/duplicate-series', `seriesFromArrays: id '${one.id}' appears twice; ids must differ.`, {
        series: one.id,
      });
    ids.add(one.id);
    if (one.values.length === 0)
      throw new DataError('data/too-short', `seriesFromArrays: series '${one.id}' has no values.`, { series: one.id });
    if (
      (one.start === undefined && one.times === undefined) !== (first.start === undefined && first.times === undefined)
    )
      throw fail(one.id, 'give a start (or times) for all series or for none.');
    if (one.times && one.times.length < one.values.length)
      throw fail(one.id, `${one.values.length} values but ${one.times.length} times.`);
    for (const role of ['historic', 'future', 'static'] as const) {
      if (Object.keys(one[role] ?? {}).join() !== Object.keys(first[role] ?? {}).join())
        throw fail(one.id, `its ${role} covariates differ from those of series '${first.id}'.`);
    }
    for (const [name, column] of Object.entries<ArrayLike<NumberCell>>(one.historic ?? {})) {
      if (column.length !== one.values.length)
        throw fail(
          one.id,
          `historic covariate '${name}' has ${column.length} values, the series ${one.values.length}.`,
        );
    }
    for (const [name, column] of Object.entries<ArrayLike<NumberCell>>(one.future ?? {})) {
      if (column.length !== rowsOf(one))
        throw fail(
          one.id,
          `future covariate '${name}' has ${column.length} values, the longest column ${rowsOf(one)}.`,
        );
    }
  }
}

/** Each part is what its name says, before lengths are compared. */
function checkShape(one: SeriesInput): void {
  if (typeof one !== 'object' || one === null)
    throw badOption('seriesFromArrays', 'series', 'objects with id and values', one);
  if (typeof one.id !== 'string') throw badOption('seriesFromArrays', 'id', 'a text', one.id);
  const owner = `seriesFromArrays: series '${one.id}'`;
  checkKeys(owner, one, ['id', 'values', 'start', 'times', 'historic', 'future', 'static']);
  const isList = (value: unknown) => typeof value === 'object' && value !== null && 'length' in value;
  const columns = {
    values: one.values,
    ...(one.times === undefined ? {} : { times: one.times }),
    ...one.historic,
    ...one.future,
  };
  for (const [name, column] of Object.entries(columns))
    if (!isList(column)) throw badOption(owner, name, 'an array of numbers', column);
}

function joinRows(
  series: readonly SeriesInput[],
  target: string,
  frequency: Frequency | undefined,
  name: string,
): SourceTable {
  const rows = series.reduce((sum, one) => sum + rowsOf(one), 0);
  const numbers = new Map<string, Float64Array>();
  const column = (title: string) => {
    const existing = numbers.get(title) ?? new Float64Array(rows).fill(Number.NaN);
    numbers.set(title, existing);
    return existing;
  };
  const hasTime = series[0]!.start !== undefined || series[0]!.times !== undefined;
  const time = hasTime ? new Float64Array(rows) : null;
  const codes = new Int32Array(rows);
  const write = (title: string, id: string, cells: ArrayLike<NumberCell>, at: number) =>
    column(title).set(numbersOf(title, id, cells), at);
  let row = 0;
  for (const [index, one] of series.entries()) {
    const count = rowsOf(one);
    codes.fill(index, row, row + count);
    write(target, one.id, one.values, row);
    for (const [title, values] of Object.entries<ArrayLike<NumberCell>>({ ...one.historic, ...one.future }))
      write(title, one.id, values, row);
    for (const [title, value] of Object.entries(one.static ?? {}))
      column(title).fill(numbersOf(title, one.id, [value])[0]!, row, row + count);
    if (time) writeTimes(time.subarray(row, row + count), one, frequency);
    row += count;
  }
  const starts = series.map((one) => one.start);
  const texts = new Map([['id', { codes, names: series.map((one) => one.id) }]]);
  return {
    name,
    format: 'arrays',
    rows,
    time,
    timeHasZone: !starts.every((start) => typeof start === 'string' && !hasOffset(start)),
    timeTexts: starts.filter((start) => typeof start === 'string'),
    isShared: false,
    numbers,
    texts,
    lineOf: () => undefined,
    rowsRead: rows,
    rowsRejected: 0,
    rejected: [],
    unusedColumns: [],
    notices: [],
  };
}

/** Numbers of one series; arrays of numbers are passed on as they are. */
function numbersOf(title: string, id: string, cells: ArrayLike<NumberCell>): ArrayLike<number> {
  if (ArrayBuffer.isView(cells) && typeof cells[0] !== 'bigint') return cells as unknown as ArrayLike<number>;
  const faults = new FaultList();
  const { numbers } = toNumbers(title, { cells }, {}, faults);
  if (faults.count > 0)
    throw faults.toError(
      `seriesFromArrays: series '${id}'`,
      'Correct it, or pass null or NaN where there is no value.',
    );
  return numbers;
}

function hasOffset(text: string): boolean {
  const reading = { hasZone: false, offset: 0, droppedDigits: false };
  parseTime(text, reading);
  return reading.hasZone;
}

function writeTimes(times: Float64Array, series: SeriesInput, frequency: Frequency | undefined): void {
  const given = series.times;
  const count = given === undefined ? 0 : Math.min(given.length, times.length);
  for (let step = 0; step < count; step++)
    times[step] = parseTimeText(given![step]!, `series '${series.id}', step ${step}`);
  if (count === times.length) return;
  if (frequency === undefined) {
    throw new DataError(
      'data/bad-option',
      `seriesFromArrays: series '${series.id}': frequency is needed to continue from its start.`,
      { series: series.id, option: 'frequency' },
    );
  }
  const start = count > 0 ? times[count - 1]! : parseTimeText(series.start!, `series '${series.id}'`);
  const offset = count > 0 ? 1 - count : 0;
  for (let step = count; step < times.length; step++) times[step] = advanceTime(start, frequency, step + offset);
}
