import { badOption } from '../check-options.ts';
import { checkSet } from './check-set.ts';
import { extendRows } from './extend-rows.ts';
import type { SeriesSet } from './series-set.ts';

/**
 * The set with values more behind the end of each series, as if they had been observed: what a recursive forecast goes on
 * from. Rows that hold covariates known ahead keep them.
 *
 * @param values by series, `[steps]` each, the same number for all; NaN = not available
 * @throws DataError `data/bad-option` for other numbers of series or steps
 */
export function continueSeries(set: SeriesSet, values: readonly ArrayLike<number>[]): SeriesSet {
  checkSet('continueSeries', set);
  const steps = values[0]?.length ?? 0;
  if (values.length !== set.ids.length || values.some(({ length }) => length !== steps)) {
    const found = `${values.length} lists of ${[...new Set(values.map(({ length }) => length))].join(' and ')}`;
    throw badOption('continueSeries', 'values', `${set.ids.length} lists of one length`, found);
  }
  const missing = Array.from(set.lengths, (length, series) => length + steps - rowsOf(set, series));
  const most = missing.reduce((largest, rows) => Math.max(largest, rows), 0);
  const extended = extendRows(set, most);
  const lengths = extended.lengths.map((length) => length + steps);
  values.forEach((list, series) => {
    const first = extended.offsets[series]! + set.lengths[series]!;
    extended.values.set(Float64Array.from(list), first);
    extended.available?.set(
      Array.from(list, (value) => Number(!Number.isNaN(value))),
      first,
    );
  });
  return { ...extended, lengths };
}

const rowsOf = (set: SeriesSet, series: number): number => set.offsets[series + 1]! - set.offsets[series]!;
