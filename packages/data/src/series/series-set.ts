import { DataError } from '../data-error.ts';
import { nearestName } from '../nearest-name.ts';
import type { DataReport } from '../report/data-report.ts';
import { advanceTime } from '../time/advance-time.ts';
import type { Frequency } from '../time/frequency.ts';

/** Covariates as one matrix: row-major `[rows, names.length]`, so that a window of all of them is one memory move. */
export interface Covariates {
  readonly names: readonly string[];
  readonly values: Float64Array | Float32Array;
  /** True for columns that are one level of a category (0 or 1); scalers leave them alone. */
  readonly categorical: readonly boolean[];
  /** Levels of each categorical source column, in the order of their columns. */
  readonly levels: Readonly<Record<string, readonly string[]>>;
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
  /** `[context rows]` times; null when they follow from `starts` and `frequency`. */
  readonly times: Float64Array | null;
  /** `[series]` row of each series' first step in `times`, `historic` and `future`. */
  readonly contextOffsets: Float64Array;
  readonly historic: Covariates | null;
  readonly future: Covariates | null;
  /** `[series, names]`. */
  readonly static: Covariates | null;
  readonly report: DataReport;
}

/** Time of a step in milliseconds since the epoch; steps beyond the last row follow the frequency. */
export function timeAt(set: SeriesSet, series: number, step: number): number {
  const start = set.starts[series]!;
  if (set.frequency.unit === 'row') return start + step;
  if (set.times === null) return advanceTime(start, set.frequency, step);
  const rows = set.offsets[series + 1]! - set.offsets[series]!;
  const first = set.contextOffsets[series]!;
  if (step < rows) return set.times[first + step]!;
  return advanceTime(set.times[first + rows - 1]!, set.frequency, step - rows + 1);
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
