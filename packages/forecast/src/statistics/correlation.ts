import { checkLength } from '../check-arguments.ts';
import { midRanks } from './mid-ranks.ts';

/** Pearson's correlation, −1 … 1, of the pairs of which both are known; NaN for fewer than two, or when one never varies. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkLength('pearson', 'y', y, x.length, 'as many as x');
  return correlationOf(...knownPairs(x, y));
}

/** Spearman's rank correlation: Pearson's of mid-ranks, so ties are exact; NaN as `pearson`. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkLength('spearman', 'y', y, x.length, 'as many as x');
  const [a, b] = knownPairs(x, y);
  return correlationOf(midRanks(a), midRanks(b));
}

/** Pearson's correlation of numbers that are all known. */
export function correlationOf(a: Float64Array, b: Float64Array): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < a.length; i++) {
    const fromA = a[i]! - meanA;
    const fromB = b[i]! - meanB;
    aa += fromA * fromA;
    bb += fromB * fromB;
    ab += fromA * fromB;
  }
  // Rounding may carry a perfect correlation past 1, where Fisher's transform has no value.
  return aa === 0 || bb === 0 ? Number.NaN : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** The pairs of which both numbers are known. */
export function knownPairs(x: ArrayLike<number>, y: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  const isKnown = (i: number): boolean => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!);
  const places = Array.from({ length: x.length }, (_, i) => i).filter(isKnown);
  return [Float64Array.from(places, (i) => x[i]!), Float64Array.from(places, (i) => y[i]!)];
}

/** Exact for numbers that are all alike, so that a constant has no correlation whatever its last bit. */
function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! - values[0]!;
  return (values[0] ?? 0) + sum / values.length;
}
