import { leakyReluSlope, seluAlpha, seluScale } from '../../activation.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { given, gradientsCase } from './case-builders.ts';

const kinks = (
  [
    ['relu', 0],
    ['leakyRelu', leakyReluSlope],
    ['selu', seluScale * seluAlpha],
  ] as const
).map(([activation, slope]) =>
  gradientsCase(
    `dense/${activation} at zero`,
    ['dense'],
    [given([0], [1, 1])],
    (ops, x, w, b) => ops.dense(x, w, b, activation),
    {
      constants: [given([1], [1, 1]), given([0])],
      expected: [[slope]],
    },
  ),
);

/** What a gradient is where the derivative does not exist: as the interface says, mostly as PyTorch. */
export const tieCases: readonly ConformanceCase[] = [
  gradientsCase(
    'maximum/a tie goes to a',
    ['maximum'],
    [given([2, 1, 3]), given([2, 3, 1])],
    (ops, a, b) => ops.maximum(a, b),
    {
      expected: [
        [1, 0, 1],
        [0, 1, 0],
      ],
    },
  ),
  gradientsCase(
    'minimum/a tie goes to a',
    ['minimum'],
    [given([2, 1, 3]), given([2, 3, 1])],
    (ops, a, b) => ops.minimum(a, b),
    {
      expected: [
        [1, 1, 0],
        [0, 0, 1],
      ],
    },
  ),
  gradientsCase('abs/at zero', ['abs'], [given([0, -2, 3])], (ops, x) => ops.abs(x), { expected: [[0, -1, 1]] }),
  gradientsCase(
    'maxPool1d/a tie goes to the first',
    ['maxPool1d'],
    [given([0, 0, 0, 5, 5, 1, -2, -2], [1, 8])],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 3 }),
    {
      expected: [[1, 0, 0, 1, 0, 0, 1, 0]],
    },
  ),
  gradientsCase(
    'maxPool1d/a tie goes to the first in each channel',
    ['maxPool1d'],
    [given([1, 2, 1, 2, 0, 2, 4, 4], [1, 4, 2])],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 3 }),
    {
      expected: [[1, 1, 0, 0, 0, 0, 1, 1]],
    },
  ),
  gradientsCase(
    'maxPool1d/negative windows by hand',
    ['maxPool1d'],
    [given([-1, -2, -3, -4], [1, 4])],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 4 }),
    {
      expected: [[1, 0, 0, 0]],
    },
  ),
  ...kinks,
];
