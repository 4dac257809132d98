import { DataError } from '../data-error.ts';
import { nearestName } from '../nearest-name.ts';
import type { DataReport } from '../report/data-report.ts';
import type { Frequency } from '../time/frequency.ts';
import { type TimeForm, writeTimeAs } from '../time/time-form.ts';
import { advanceByRule, type TimeRule } from '../time/time-rule.ts';
import type { SeriesReading } from './series-reading.ts';

/** Covariates as one matrix: row-major `[rows, names.length]`, so that a window of all of them is one memory move. */
export interface Covariates {
  readonly names: readonly string[];
  readonly values: Float64Array | Float32Array;
  /** True for columns that are one level of a category (0 or 1); scalers leave them alone. */
  readonly categorical: readonly boolean[];
  /** Levels of each categorical source column, in the order of their columns. */
  readonly levels: Readonly<Record<string, readonly string[]>>;
  /** Texts that are not among the levels of an earlier set, by source column; absent when there are none. */
  readonly unseen?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Series back to back in typed arrays. A step is a position within a series, from 0; a row is a position in a column.
 * Series that share their times and covariates (wide files) share those rows: `contextOffsets` says where they begin.
 */
export interface SeriesSet {
  readonly ids: readonly string[];
  /** Name of the target column; `value` when there are several. */
  readonly target: string;
  readonly frequency: Frequency;
  /** `[series]` how the times of each go on: day of the month, sessions, zone. Series that go on alike share the object. */
  readonly rules: readonly TimeRule[];
  /** How the source writes its times: `writeTime` writes in this form. */
  readonly timeForm: TimeForm;
  /** `[series + 1]` row of each series' first step in `values`. */
  readonly offsets: Float64Array;
  /** `[series]` steps with a target; rows behind them hold covariates that are known ahead. */
  readonly lengths: Float64Array;
  /** `[rows]` NaN where not available. */
  readonly values: Float64Array | Float32Array;
  /** `[rows]` 1 = available; null = all are. */
  readonly available: Uint8Array | null;
  /** `[series]` time of the first step, milliseconds since the epoch (UTC; times without offset are read as UTC). */
  readonly starts: Float64Array;
  /** `[context rows]` times; null when they follow exactly from `starts` and `rules`. */
  readonly times: Float64Array | null;
  /** `[series]` row of each series' first step in `times`, `historic` and `future`. */
  readonly contextOffsets: Float64Array;
  readonly historic: Covariates | null;
  readonly future: Covariates | null;
  /** `[series, names]`. */
  readonly static: Covariates | null;
  readonly report: DataReport;
  /** How the set was read, as options for a later file; plain JSON. */
  readonly reading: SeriesReading;
}

/** Time of a step in milliseconds since the epoch; steps beyond the last row follow the rule of the series. */
export function timeAt(set: SeriesSet, series: number, step: number): number {
  const start = set.starts[series]!;
  const rule = set.rules[series]!;
  if (rule.frequency.unit === 'row') return start + step;
  if (set.times === null) return advanceByRule(start, rule, step);
  const rows = set.offsets[series + 1]! - set.offsets[series]!;
  const first = set.contextOffsets[series]!;
  if (step < rows) return set.times[first + step]!;
  return advanceByRule(set.times[first + rows - 1]!, rule, step - rows + 1);
}

/**
 * A time of a set (`timeAt`, the times of a forecast) as its source writes times: same spelling, in the zone or with the
 * UTC offset that it has there, with clock where steps are shorter than a day. Without time column `row 7`.
 */
export function writeTime(set: Pick<SeriesSet, 'frequency' | 'timeForm'>, time: number): string {
  return set.frequency.unit === 'row' ? `row ${time + 1}` : writeTimeAs(set.timeForm, time);
}

/** The observed steps of a series: a view, not a copy. */
export function seriesValues(set: SeriesSet, series: number): Float64Array | Float32Array {
  const start = set.offsets[series]!;
  return set.values.subarray(start, start + set.lengths[series]!);
}

/**
 * Position of a series.
 *
 * @throws DataError `data/unknown-series` with the nearest id
 */
export function seriesIndex(set: SeriesSet, id: string): number {
  const index = set.ids.indexOf(id);
  if (index >= 0) return index;
  const nearest = nearestName(id, set.ids.slice(0, 1000));
  const advice =
    nearest === undefined
      ? `there are ${set.ids.length} series, the first is '${set.ids[0]}'.`
      : `did you mean '${nearest}'?`;
  throw new DataError('data/unknown-series', `series '${id}' not found; ${advice}`, {
    series: id,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
