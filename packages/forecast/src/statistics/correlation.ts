import { checkLength } from '../check-arguments.ts';
import { midRanks } from './mid-ranks.ts';

/** Pearson's correlation, −1 … 1, of the pairs of which both are known; NaN for fewer than two, or when one never varies. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkLength('pearson', 'y', y, x.length, 'as many as x');
  const [a, b] = knownPairs(x, y);
  const meanA = mean(a);
  const meanB = mean(b);
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
    ab += (a[i]! - meanA) * (b[i]! - meanB);
  }
  // Rounding may carry a perfect correlation past 1, where Fisher's transform has no value.
  return aa === 0 || bb === 0 ? Number.NaN : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Spearman's rank correlation: Pearson's of mid-ranks, so ties are exact; NaN as `pearson`. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkLength('spearman', 'y', y, x.length, 'as many as x');
  const [a, b] = knownPairs(x, y);
  return pearson(midRanks(a), midRanks(b));
}

/** The pairs of which both numbers are known. */
export function knownPairs(x: ArrayLike<number>, y: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  const isKnown = (i: number): boolean => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!);
  const places = Array.from({ length: x.length }, (_, i) => i).filter(isKnown);
  return [Float64Array.from(places, (i) => x[i]!), Float64Array.from(places, (i) => y[i]!)];
}

function mean(values: Float64Array): number {
  const isConstant = values.every((value) => value === values[0]);
  return isConstant ? values[0]! : values.reduce((sum, value) => sum + value, 0) / values.length;
}
