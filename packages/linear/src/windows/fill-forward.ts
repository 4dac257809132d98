import type { SeriesSet } from '@nt/data';

/**
 * The steps of a series with `pad` steps before it and room behind it. A step without a value has that of the step
 * before: known at the time, so nothing leaks. Steps before the first value have the first one.
 */
export function fillForward(set: SeriesSet, series: number, pad: number, behind: number): Float64Array {
  const row = set.offsets[series]!;
  const length = set.lengths[series]!;
  const filled = new Float64Array(pad + length + behind);
  const isKnown = (step: number): boolean =>
    set.available?.[row + step] !== 0 && !Number.isNaN(set.values[row + step]!);
  let first = 0;
  while (first < length && !isKnown(first)) first += 1;
  let value = first < length ? set.values[row + first]! : 0;
  for (let t = 0; t < filled.length; t++) {
    const step = t - pad;
    if (step >= 0 && step < length && isKnown(step)) value = set.values[row + step]!;
    filled[t] = value;
  }
  return filled;
}
