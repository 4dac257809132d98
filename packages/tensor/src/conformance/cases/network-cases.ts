import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

/** log Γ, norm, checkpointing. */
export const networkCases: readonly ConformanceCase[] = [
  // Near its zeros at 1 and 2 log Γ is a difference of numbers of order 10: slack 10.
  valuesCase('logGamma/order 1', ['logGamma'], [uniform([5, 7], 340, 0.2, 6)], (ops, x) => ops.logGamma(x), {
    slack: 10,
  }),
  valuesCase(
    'logGamma/small and large',
    ['logGamma'],
    [given([1e-6, 1e-3, 0.5, 20, 1000, 1e6])],
    (ops, x) => ops.logGamma(x),
    {
      slack: 2,
    },
  ),
  valuesCase(
    'globalNorm/over tensors of every rank',
    ['globalNorm'],
    [uniform([5, 7], 341), uniform([33], 342), given([2], [])],
    (ops, a, b, c) => ops.globalNorm([a, b, c]),
  ),
  valuesCase('globalNorm/of one tensor', ['globalNorm'], [given([3, -4])], (ops, x) => ops.globalNorm([x]), {
    expected: [[5]],
  }),
  valuesCase('globalNorm/of none is zero', ['globalNorm'], [], (ops) => ops.globalNorm([]), { expected: [[0]] }),
  valuesCase('globalNorm/of twenty tensors', ['globalNorm'], [uniform([7], 343)], (ops, x) =>
    ops.globalNorm(new Array<typeof x>(20).fill(x)),
  ),
  valuesCase(
    'globalNorm/NaN and infinity show',
    ['globalNorm'],
    [given([1, Number.NaN]), given([Infinity, 1])],
    (ops, a, b) => [ops.globalNorm([a]), ops.globalNorm([b])],
    { expected: [[Number.NaN], [Infinity]] },
  ),
  valuesCase(
    'recompute/gives the same values',
    ['recompute', 'softplus', 'mul'],
    [uniform([3, 5], 344), uniform([5], 345)],
    (ops, a, b) => {
      const f = ops.recompute((x, y) => ops.mul(ops.softplus(x), y));
      return f(a, b);
    },
  ),
];
