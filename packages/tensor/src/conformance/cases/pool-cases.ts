import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

type Pool = 'maxPool1d' | 'avgPool1d';

const pools: readonly Pool[] = ['maxPool1d', 'avgPool1d'];

const shapes: readonly (readonly [fact: string, shape: readonly number[], kernelSize: number])[] = [
  ['whole windows', [3, 12], 4],
  ['ragged: the last window has one step', [3, 13], 4],
  ['ragged: the last window has all but one', [2, 11], 4],
  ['kernel 1 changes nothing', [3, 7], 1],
  ['kernel as long as the input', [3, 7], 7],
  ['kernel longer than the input', [3, 5], 8],
  ['one time step', [2, 1], 3],
  ['channels', [2, 12, 3], 4],
  ['channels, ragged', [2, 13, 5], 3],
  ['one channel, ragged', [4, 9, 1], 2],
];

const regular = pools.flatMap((pool) =>
  shapes.map(([fact, shape, kernelSize], i) =>
    valuesCase(`${pool}/${fact}`, [pool], [uniform(shape, 200 + i)], (ops, x) => ops[pool](x, { kernelSize })),
  ),
);

const ragged = given([-4, -3, -2, -8, -5], [1, 5]);

/** Pooling with ceil mode. */
export const poolCases: readonly ConformanceCase[] = [
  ...regular,
  valuesCase(
    'maxPool1d/negative windows, ragged',
    ['maxPool1d'],
    [ragged],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 2 }),
    {
      expected: [[-3, -2, -5]],
    },
  ),
  valuesCase(
    'avgPool1d/a partial window divides by its own length',
    ['avgPool1d'],
    [ragged],
    (ops, x) => ops.avgPool1d(x, { kernelSize: 2 }),
    {
      expected: [[-3.5, -5, -5]],
    },
  ),
  valuesCase(
    'maxPool1d/ties',
    ['maxPool1d'],
    [given([2, 2, 0, 0, -1, -1, 7], [1, 7])],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 2 }),
    {
      expected: [[2, 0, -1, 7]],
    },
  ),
];
