import type { Covariates, SeriesSet, TimeSplit } from '@nt/data';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { withoutSteps } from '../fit/without-steps.ts';

/**
 * What is done to everything from the cut on: taken away, put in another order, mirrored at the last value before it, held
 * at that value, or made ten times as large. Several, because a choice made by looking ahead need not fall otherwise with one.
 */
export const futureNames = ['cut', 'shuffled', 'opposite', 'flat', 'large'] as const;
/** One of `futureNames`. */
export type FutureName = (typeof futureNames)[number];

/** A set with another future, made ready. */
export interface OtherFuture {
  readonly name: string;
  readonly set: SeriesSet;
  readonly split: TimeSplit;
}

/**
 * The set with another future: targets and historic covariates from the cut on. Covariates known ahead, static ones and
 * times stay. Rows that series share change from the last of their cuts on.
 *
 * @param cuts `[series]`, the first step that changes
 */
export function changedFuture(set: SeriesSet, cuts: ArrayLike<number>, name: FutureName, seed: number): SeriesSet {
  if (name === 'cut') {
    const rows = set.ids.map((_, series) => set.offsets[series + 1]! - set.offsets[series]!);
    const without = withoutSteps(set, [{ starts: Float64Array.from(cuts), ends: Float64Array.from(rows) }]);
    return { ...without, available: set.available, lengths: Float64Array.from(cuts) };
  }
  const values = set.values.slice();
  const from = new Map<number, { row: number; end: number }>();
  for (let series = 0; series < set.ids.length; series++) {
    const offset = set.offsets[series]!;
    const end = offset + set.lengths[series]!;
    change(values, offset + cuts[series]!, end, 1, 0, name, seed);
    const context = set.contextOffsets[series]!;
    const row = Math.max(context + cuts[series]!, from.get(context)?.row ?? 0);
    from.set(context, { row, end: Math.max(context + set.lengths[series]!, from.get(context)?.end ?? 0) });
  }
  return { ...set, values, historic: set.historic && changedColumns(set.historic, [...from.values()], name, seed) };
}

function changedColumns(
  covariates: Covariates,
  parts: readonly { readonly row: number; readonly end: number }[],
  name: FutureName,
  seed: number,
): Covariates {
  const width = covariates.names.length;
  const values = covariates.values.slice();
  for (const { row, end } of parts) {
    for (let column = 0; column < width; column++) {
      // A level of a category is 0 or 1: it can be put in another order, but not be made larger.
      const how = covariates.categorical[column] && name !== 'shuffled' ? 'flat' : name;
      change(values, row, end, width, column, how, seed);
    }
  }
  return { ...covariates, values };
}

/** Changes rows `[start, end)` of one column in place. */
function change(
  values: Float64Array | Float32Array,
  start: number,
  end: number,
  width: number,
  column: number,
  name: FutureName,
  seed: number,
): void {
  const at = (row: number): number => row * width + column;
  if (name === 'shuffled') {
    const random = xoroshiro128plus(seed);
    for (let row = end - 1; row > start; row--) {
      const other = at(uniformInt(random, start, row));
      [values[at(row)], values[other]] = [values[other]!, values[at(row)]!];
    }
    return;
  }
  const last = start > 0 ? values[at(start - 1)]! : 0;
  const level = Number.isNaN(last) ? 0 : last;
  for (let row = start; row < end; row++) {
    const value = values[at(row)]!;
    if (Number.isNaN(value)) continue;
    values[at(row)] = name === 'flat' ? level : name === 'opposite' ? 2 * level - value : 10 * value;
  }
}
