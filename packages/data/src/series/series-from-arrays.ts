import { checkKeys } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SourceTable } from '../source/source-table.ts';
import { advanceTime } from '../time/advance-time.ts';
import { type Frequency, parseFrequency } from '../time/frequency.ts';
import { parseTimeText } from '../time/parse-time-text.ts';
import { buildSeries } from './build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from './series-options.ts';
import type { SeriesSet } from './series-set.ts';

/** One series in memory. NaN in `values` = not available. */
export interface SeriesInput {
  readonly id: string;
  readonly values: ArrayLike<number>;
  /** Time of the first step; the others follow the frequency. */
  readonly start?: string | number | Date;
  /** Or the times of all steps, milliseconds since the epoch. */
  readonly times?: ArrayLike<number>;
  readonly historic?: Readonly<Record<string, ArrayLike<number>>>;
  /** May be longer than `values`: the rest is known ahead. */
  readonly future?: Readonly<Record<string, ArrayLike<number>>>;
  readonly static?: Readonly<Record<string, number>>;
}

/** Policies for series in memory; the columns follow from the input. */
export interface SeriesFromArraysOptions
  extends Pick<SeriesOptions, 'frequency' | 'gaps' | 'missing' | 'duplicates' | 'unsorted' | 'nonFinite' | 'name'> {
  /** Name of the target; default `value`. */
  readonly target?: string;
}

/**
 * Makes a set of series that are in memory; values are copied. Without `start` and `times` the order of rows counts.
 * `missing` is `mask` by default: NaN is how an array says that a value is not there.
 *
 * @throws DataError as the readers do, and when lengths disagree
 */
export function seriesFromArrays(series: readonly SeriesInput[], options: SeriesFromArraysOptions = {}): SeriesSet {
  checkKeys('seriesFromArrays', options, [
    'frequency',
    'gaps',
    'missing',
    'duplicates',
    'unsorted',
    'nonFinite',
    'name',
    'target',
  ]);
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
  return Object.values(series.future ?? {}).reduce(
    (most, column) => Math.max(most, column.length),
    series.values.length,
  );
}

function checkInput(series: readonly SeriesInput[]): void {
  const fail = (id: string, message: string) =>
    new DataError('data/bad-option', `seriesFromArrays: series '${id}': ${message}`, { series: id });
  const first = series[0];
  if (!first) throw new DataError('data/too-short', 'seriesFromArrays: at least one series is needed.');
  const ids = new Set<string>();
  for (const one of series) {
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
    for (const [name, column] of Object.entries(one.historic ?? {})) {
      if (column.length !== one.values.length)
        throw fail(
          one.id,
          `historic covariate '${name}' has ${column.length} values, the series ${one.values.length}.`,
        );
    }
    for (const [name, column] of Object.entries(one.future ?? {})) {
      if (column.length !== rowsOf(one))
        throw fail(
          one.id,
          `future covariate '${name}' has ${column.length} values, the longest column ${rowsOf(one)}.`,
        );
    }
  }
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
  let row = 0;
  for (const [index, one] of series.entries()) {
    const count = rowsOf(one);
    codes.fill(index, row, row + count);
    column(target).set(one.values, row);
    for (const [title, values] of Object.entries({ ...one.historic, ...one.future })) column(title).set(values, row);
    for (const [title, value] of Object.entries(one.static ?? {})) column(title).fill(value, row, row + count);
    if (time) writeTimes(time.subarray(row, row + count), one, frequency);
    row += count;
  }
  const texts = new Map([['id', { codes, names: series.map((one) => one.id) }]]);
  return {
    name,
    format: 'arrays',
    rows,
    time,
    timeHasZone: true,
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

function writeTimes(times: Float64Array, series: SeriesInput, frequency: Frequency | undefined): void {
  const given = series.times;
  const count = given === undefined ? 0 : Math.min(given.length, times.length);
  for (let step = 0; step < count; step++) times[step] = given![step]!;
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
