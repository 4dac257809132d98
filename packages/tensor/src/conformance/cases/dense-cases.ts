import { activations } from '../../activation.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

const sizes: readonly (readonly [batch: number, inputs: number, outputs: number])[] = [
  [5, 7, 3],
  [1, 100, 17],
  [33, 48, 65],
];

const regular = activations.flatMap((activation) =>
  sizes.map(([batch, inputs, outputs], i) =>
    valuesCase(
      `dense/${activation}, ${batch}×${inputs}·${inputs}×${outputs}`,
      ['dense'],
      [uniform([batch, inputs], 160 + i), uniform([inputs, outputs], 170 + i, -0.5, 0.5), uniform([outputs], 180 + i)],
      (ops, x, w, b) => ops.dense(x, w, b, activation),
    ),
  ),
);

// Sums of −60, −1, 0, 1 and 60: where exponentials overflow or vanish, and the kink. 60 keeps e⁶⁰ finite in float32.
const extreme = activations.map((activation) =>
  valuesCase(
    `dense/${activation}, at and far from zero`,
    ['dense'],
    [given([-60, -1, 0, 1, 60], [5, 1]), given([1], [1, 1]), given([0])],
    (ops, x, w, b) => ops.dense(x, w, b, activation),
  ),
);

/** The fused layer under every activation. */
export const denseCases: readonly ConformanceCase[] = [
  ...regular,
  ...extreme,
  valuesCase(
    'dense/the bias is added once, before the activation',
    ['dense'],
    [uniform([2, 100], 190, 1, 1), uniform([100, 3], 191, 1, 1), given([-100, -101, 1])],
    (ops, x, w, b) => ops.dense(x, w, b, 'relu'),
    { expected: [[0, 0, 101, 0, 0, 101]] },
  ),
];
