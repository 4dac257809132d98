import { checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { extendRows } from './extend-rows.ts';
import { type SeriesSet, timeAt, writeTime } from './series-set.ts';

/**
 * The set with covariates known ahead for `steps` time steps behind the last target of each series, taken from another
 * set by id and time: a weather forecast in a file of its own, for instance. Rows that the set has already stay.
 *
 * @param ahead read with the same roles; its targets do not matter
 * @throws DataError `data/future-covariates` naming the first series and time that `ahead` lacks, `data/missing-column`
 */
export function joinFuture(set: SeriesSet, ahead: SeriesSet, steps: number): SeriesSet {
  checkWhole('joinFuture', 'steps', steps, 1);
  const names = set.future?.names ?? [];
  if (names.length === 0 || names.join('\n') !== ahead.future?.names.join('\n')) {
    const message = `future covariates: the data have [${names.join(', ')}], the set ahead [${ahead.future?.names.join(', ') ?? ''}]; read both with the same future columns.`;
    throw new DataError('data/missing-column', message, {});
  }
  const missing = Array.from(set.lengths, (length, series) => length + steps - rowsOf(set, series));
  const count = missing.reduce((most, steps) => Math.max(most, steps), 0);
  if (count === 0) return set;
  const extended = extendRows(set, count);
  const future = extended.future!;
  const width = names.length;
  const places = new Map(ahead.ids.map((id, series) => [id, series]));
  for (const [series, id] of set.ids.entries()) {
    const other = ahead.ids.length === 1 && set.ids.length === 1 ? 0 : places.get(id);
    const rowAt = other === undefined ? new Map<number, number>() : rowsByTime(ahead, other);
    const first = rowsOf(set, series);
    for (let step = first; step < first + count; step++) {
      const time = timeAt(set, series, step);
      const row = rowAt.get(time);
      // What is known further ahead than it is needed need not be there for every series.
      if (row === undefined && step >= set.lengths[series]! + steps) continue;
      if (row === undefined) throw lacks(set, id, time, other === undefined);
      const to = (extended.contextOffsets[series]! + step) * width;
      future.values.set(ahead.future!.values.subarray(row * width, (row + 1) * width), to);
    }
  }
  return extended;
}

const rowsOf = (set: SeriesSet, series: number): number => set.offsets[series + 1]! - set.offsets[series]!;

/** Context rows of a series by their time. */
function rowsByTime(set: SeriesSet, series: number): Map<number, number> {
  const first = set.contextOffsets[series]!;
  return new Map(Array.from({ length: rowsOf(set, series) }, (_, step) => [timeAt(set, series, step), first + step]));
}

function lacks(set: SeriesSet, id: string, time: number, isUnknown: boolean): DataError {
  const written = writeTime(set, time);
  const what = isUnknown ? `has no series '${id}'` : `lacks series '${id}' at ${written}`;
  const message = `future covariates: the set ahead ${what}; it needs a row for each time step that is to be forecast.`;
  return new DataError('data/future-covariates', message, { series: id, time: written });
}
