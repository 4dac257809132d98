import { splineBasis } from './spline-basis.ts';

/** Kinds of functions that a trend is a sum of, neuralforecast's. */
export const trendBases = [
  'legendre',
  'polynomial',
  'changepoint',
  'piecewise_linear',
  'linear_hat',
  'spline',
  'chebyshev',
] as const;

/** One of `trendBases`. */
export type TrendBasis = (typeof trendBases)[number];

/** @returns function `i` of `count` at step `t` of `length` */
type BasisFunction = (i: number, t: number, count: number, length: number) => number;

const functions: Readonly<Record<TrendBasis, BasisFunction>> = {
  polynomial: (i, t, _, length) => (t / length) ** i,
  legendre: (i, t, _, length) => recursion(i, 2 * share(t, length) - 1, (n) => [(2 * n + 1) / (n + 1), n / (n + 1)]),
  chebyshev: (i, t, _, length) => recursion(i, 2 * share(t, length) - 1, () => [2, 1]),
  changepoint: (i, t, count, length) => Math.max(0, share(t, length) - (i + 1) / count),
  // As in neuralforecast the first function is 0.
  piecewise_linear: (i, t, count, length) => (i === 0 ? 0 : hat(share(t, length) * count - i)),
  linear_hat: (i, t, count, length) => hat(share(t, length) * (count - 1) - i),
  spline: (i, t, count, length) => splineBasis(i, share(t, length), count),
};

/**
 * Functions of time that a trend is a sum of: `[count, length]`, row-major.
 *
 * Source: neuralforecast 3.3's `get_basis`. Golden: test/golden/bases.json.
 */
export function trendBasis(kind: TrendBasis, count: number, length: number): Float64Array {
  return Float64Array.from({ length: count * length }, (_, k) =>
    functions[kind](Math.floor(k / length), k % length, count, length),
  );
}

/** Where a step lies between the first, 0, and the last, 1. */
const share = (t: number, length: number): number => (length === 1 ? 0 : t / (length - 1));

const hat = (distance: number): number => Math.max(0, 1 - Math.abs(distance));

/** Pₙ₊₁ = a x Pₙ − b Pₙ₋₁ from 1 and x. */
function recursion(degree: number, x: number, factors: (n: number) => readonly [number, number]): number {
  let [before, current] = [1, x];
  if (degree === 0) return before;
  for (let n = 1; n < degree; n++) {
    const [a, b] = factors(n);
    [before, current] = [current, a * x * current - b * before];
  }
  return current;
}
