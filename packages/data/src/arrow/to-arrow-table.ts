import {
  Dictionary,
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { checkSet } from '../series/check-set.ts';
import { type SeriesSet, timeAt } from '../series/series-set.ts';

/**
 * The set as a long Arrow table: `unique_id` (dictionary), `ds` (timestamp in ms, UTC; left out without times) and the
 * target, then the covariates. The target column is the memory of the set, not a copy; NaN stays NaN.
 * Microseconds are dropped: Arrow's own readers give milliseconds.
 */
export function toArrowTable(set: SeriesSet): Table {
  checkSet('toArrowTable', set);
  const rows = set.values.length;
  const values = set.values instanceof Float64Array ? set.values : Float64Array.from(set.values);
  const columns: Record<string, Vector> = { unique_id: idVector(set, rows) };
  if (set.frequency.unit !== 'row') columns['ds'] = timeVector(set, rows);
  columns[set.target] = makeVector(makeData({ type: new Float64(), data: values }));
  for (const covariates of [set.historic, set.future]) {
    for (const [index, name] of (covariates?.names ?? []).entries())
      columns[name] = contextVector(set, covariates!.values, covariates!.names.length, index, rows);
  }
  return new Table(columns);
}

/** The set as uncompressed Arrow IPC: the quickest file to read again. */
export function writeArrow(set: SeriesSet): Uint8Array {
  return tableToIPC(toArrowTable(set), 'file');
}

function idVector(set: SeriesSet, rows: number): Vector {
  const codes = new Int32Array(rows);
  for (let series = 0; series < set.ids.length; series++)
    codes.fill(series, set.offsets[series], set.offsets[series + 1]);
  const type = new Dictionary(new Utf8(), new Int32());
  return makeVector(makeData({ type, data: codes, dictionary: vectorFromArray([...set.ids], new Utf8()) }));
}

function timeVector(set: SeriesSet, rows: number): Vector {
  const times = new BigInt64Array(rows);
  for (let series = 0; series < set.ids.length; series++) {
    const first = set.offsets[series]!;
    const count = set.offsets[series + 1]! - first;
    for (let step = 0; step < count; step++) times[first + step] = BigInt(Math.floor(timeAt(set, series, step)));
  }
  return makeVector(makeData({ type: new TimestampMillisecond('UTC'), data: times }));
}

function contextVector(
  set: SeriesSet,
  matrix: Float64Array | Float32Array,
  width: number,
  column: number,
  rows: number,
): Vector {
  const values = new Float64Array(rows);
  for (let series = 0; series < set.ids.length; series++) {
    const first = set.offsets[series]!;
    const context = set.contextOffsets[series]!;
    for (let row = first; row < set.offsets[series + 1]!; row++)
      values[row] = matrix[(context + row - first) * width + column]!;
  }
  return makeVector(makeData({ type: new Float64(), data: values }));
}
