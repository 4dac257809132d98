import { type Covariates, type SeriesSet, timeAt } from './series-set.ts';

/** The set with `count` rows more behind the last of each series: targets and historic covariates are NaN there. */
export function extendRows(set: SeriesSet, count: number): SeriesSet {
  const offsets = set.offsets.map((offset, series) => offset + series * count);
  const values = new Float64Array(set.values.length + set.ids.length * count).fill(Number.NaN);
  const available = set.available && new Uint8Array(values.length);
  const contexts = [...new Set(set.contextOffsets)].sort((left, right) => left - right);
  const moved = new Map(contexts.map((offset, index) => [offset, offset + index * count]));
  const contextOffsets = set.contextOffsets.map((offset) => moved.get(offset)!);
  // Series that share their times have the same rows, so any of them tells how many.
  const rowsAt = new Map(Array.from(set.contextOffsets, (offset, series) => [offset, rowsOf(set, series)]));
  const lengths = contexts.map((offset) => rowsAt.get(offset)!);
  const times = set.times && new Float64Array(set.times.length + contexts.length * count);
  for (let series = 0; series < set.ids.length; series++) {
    const [from, to] = [set.offsets[series]!, set.offsets[series + 1]!];
    values.set(set.values.subarray(from, to), offsets[series]);
    available?.set(set.available!.subarray(from, to), offsets[series]);
    if (!times) continue;
    for (let step = 0; step < to - from + count; step++)
      times[contextOffsets[series]! + step] = timeAt(set, series, step);
  }
  const spread = (covariates: Covariates | null) =>
    covariates && spreadRows(covariates, contexts, lengths, moved, count);
  return {
    ...set,
    offsets,
    values,
    available,
    contextOffsets,
    times,
    historic: spread(set.historic),
    future: spread(set.future),
  };
}

const rowsOf = (set: SeriesSet, series: number): number => set.offsets[series + 1]! - set.offsets[series]!;

function spreadRows(
  covariates: Covariates,
  contexts: readonly number[],
  lengths: readonly number[],
  moved: ReadonlyMap<number, number>,
  count: number,
): Covariates {
  const width = covariates.names.length;
  const values = new Float64Array(covariates.values.length + contexts.length * count * width).fill(Number.NaN);
  for (const [index, offset] of contexts.entries()) {
    values.set(
      covariates.values.subarray(offset * width, (offset + lengths[index]!) * width),
      moved.get(offset)! * width,
    );
  }
  return { ...covariates, values };
}
