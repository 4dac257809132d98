import { type Covariates, type SeriesSet, timeAt, type Windows } from '@nt/data';

/** The smallest share of rows that is worth the copy of the others. */
const leastShare = 0.5;

/**
 * The same windows over no more rows than they reach back to, where that is less than half of all: one forecast from a long
 * history should not cost what the history costs. Steps are counted from another one then, times are the same.
 *
 * @param inputSize time steps that are looked at before each window's origin
 */
export function rowsInReach(asked: Windows, inputSize: number): Windows {
  const { set } = asked;
  const left = rowsLeft(asked, inputSize);
  const rows = set.offsets.at(-1)!;
  const spared = left.reduce((sum, count) => sum + count, 0);
  if (spared < leastShare * rows) return asked;
  return {
    ...asked,
    set: withoutFirstRows(set, left),
    targetEnds: asked.targetEnds?.map((end, series) => end - left[series]!) ?? null,
    locate: (window) => {
      const { series, origin } = asked.locate(window);
      return { series, origin: origin - left[series]! };
    },
  };
}

/** `[series]` rows that no window looks at; the same for series that share their times. */
function rowsLeft({ set, bounds, locate }: Windows, inputSize: number): Float64Array {
  const least = new Map<number, number>();
  set.contextOffsets.forEach((context, series) => {
    const first = bounds[series]!;
    const isAsked = first < bounds[series + 1]!;
    const own = isAsked ? Math.max(0, locate(first).origin - inputSize) : Math.max(0, set.lengths[series]! - inputSize);
    least.set(context, Math.min(own, least.get(context) ?? own));
  });
  return set.contextOffsets.map((context) => least.get(context)!);
}

/** @param left `[series]` rows of each that are left out, the same for series that share their times */
function withoutFirstRows(set: SeriesSet, left: Float64Array): SeriesSet {
  const rows = set.ids.map((_, series) => set.offsets[series + 1]! - set.offsets[series]! - left[series]!);
  const spans = set.ids.map((_, series) => ({ from: set.offsets[series]! + left[series]!, count: rows[series]! }));
  // Series that share their times have the same rows, so any of them tells which.
  const seriesOf = new Map(Array.from(set.contextOffsets, (context, series) => [context, series] as const));
  const contexts = [...seriesOf.keys()];
  const seen = [...seriesOf].map(([context, series]) => ({ from: context + left[series]!, count: rows[series]! }));
  const begins = new Map(offsetsOf(seen).map((begin, index) => [contexts[index], begin]));
  const picked = (covariates: Covariates | null): Covariates | null =>
    covariates && { ...covariates, values: pick(covariates.values, seen, covariates.names.length) };
  return {
    ...set,
    offsets: Float64Array.from([...offsetsOf(spans), rows.reduce((sum, count) => sum + count, 0)]),
    lengths: set.lengths.map((length, series) => length - left[series]!),
    values: pick(set.values, spans),
    available: set.available && pick(set.available, spans),
    starts: set.starts.map((_, series) => timeAt(set, series, left[series]!)),
    times: set.times && pick(set.times, seen),
    contextOffsets: set.contextOffsets.map((context) => begins.get(context)!),
    historic: picked(set.historic),
    future: picked(set.future),
  };
}

/** Rows of a column. */
interface Span {
  readonly from: number;
  readonly count: number;
}

function offsetsOf(spans: readonly Span[]): readonly number[] {
  let row = 0;
  return spans.map(({ count }) => {
    row += count;
    return row - count;
  });
}

/** @param width numbers in a row */
function pick<T extends Float64Array | Float32Array | Uint8Array>(column: T, spans: readonly Span[], width = 1): T {
  const total = spans.reduce((sum, { count }) => sum + count, 0);
  const out = new (column.constructor as new (length: number) => T)(total * width);
  offsetsOf(spans).forEach((begin, index) => {
    const { from, count } = spans[index]!;
    out.set(column.subarray(from * width, (from + count) * width) as never, begin * width);
  });
  return out;
}
