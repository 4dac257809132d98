import type { NetworkOps } from '../../network-ops.ts';
import type { Tensor } from '../../tensor.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

const box = uniform([3, 4, 5], 71);

function copyThenOverwrite<T extends Tensor>(ops: NetworkOps<T>): T {
  const values = Float32Array.of(1, 2, 3);
  const tensor = ops.tensor(values, [3]);
  values.fill(9);
  return tensor;
}

const creation: readonly ConformanceCase[] = [
  valuesCase('tensor/every kind of array', ['tensor'], [], (ops) => [
    ops.tensor([1, 2.5, -3, 4], [2, 2]),
    ops.tensor(Float32Array.of(1, 2.5), [2]),
    ops.tensor(Float64Array.of(1, 2.5), [1, 2]),
    ops.tensor(Int32Array.of(1, -2), [2, 1]),
    ops.tensor([7], []),
  ]),
  valuesCase('tensor/int32 drops fractions', ['tensor'], [], (ops) => ops.tensor([1.9, -1.9, 3], [3], 'int32'), {
    expected: [[1, -1, 3]],
  }),
  valuesCase('tensor/copies: the array may change afterwards', ['tensor'], [], copyThenOverwrite, {
    expected: [[1, 2, 3]],
  }),
  valuesCase('tensor/no elements', ['tensor'], [], (ops) => ops.tensor([], [0, 3]), { expected: [[]] }),
  valuesCase('borrow/every rank', ['borrow'], [], (ops) => [
    ops.borrow(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
    ops.borrow(Float32Array.of(7), []),
    ops.borrow(new Float32Array(), [0, 3]),
  ]),
  valuesCase(
    'borrow/a part of an array',
    ['borrow', 'add'],
    [given([1, 1])],
    (ops, one) => ops.add(ops.borrow(Float32Array.of(0, 5, 6, 0).subarray(1, 3), [2]), one),
    { expected: [[6, 7]] },
  ),
  valuesCase('borrow/the array stays as it is', ['borrow', 'mul', 'reshape', 'sub'], [given([2, 3])], borrowThenLook, {
    expected: [
      [-1, -4],
      [0, 0],
    ],
  }),
  valuesCase('zeros/every rank', ['zeros'], [], (ops) => [ops.zeros([]), ops.zeros([3]), ops.zeros([2, 3, 1])]),
];

/** What is computed of an array that was borrowed, and how far that has changed. */
function borrowThenLook<T extends Tensor>(ops: NetworkOps<T>, x: T): readonly T[] {
  const values = Float32Array.of(1, 2);
  const own = ops.borrow(values, [2]);
  const product = ops.sub(own, ops.reshape(ops.mul(own, x), [2]));
  return [product, ops.sub(ops.tensor(values, [2]), ops.tensor([1, 2], [2]))];
}

const reductions: readonly ConformanceCase[] = [
  valuesCase('sum/all axes', ['sum'], [box], (ops, x) => ops.sum(x)),
  valuesCase('sum/all axes keeping them', ['sum'], [box], (ops, x) => ops.sum(x, undefined, true)),
  valuesCase('sum/each axis', ['sum'], [box], (ops, x) => [ops.sum(x, 0), ops.sum(x, 1), ops.sum(x, 2)]),
  valuesCase('sum/negative axes', ['sum'], [box], (ops, x) => [ops.sum(x, -1), ops.sum(x, [-3, -1])]),
  valuesCase('sum/two axes, kept', ['sum'], [box], (ops, x) => ops.sum(x, [0, 2], true)),
  valuesCase('sum/of a scalar', ['sum'], [given([3], [])], (ops, x) => ops.sum(x), { expected: [[3]] }),
  valuesCase('sum/of many', ['sum'], [uniform([10007], 72, 0, 1)], (ops, x) => ops.sum(x)),
  valuesCase('sum/over a long column', ['sum'], [uniform([1031, 3], 73, 0, 1)], (ops, x) => ops.sum(x, 0)),
  valuesCase('sum/NaN stays', ['sum'], [given([1, Number.NaN, 2, 3], [2, 2])], (ops, x) => ops.sum(x, 1), {
    expected: [[Number.NaN, 5]],
  }),
];

const moves: readonly ConformanceCase[] = [
  valuesCase('reshape/keeps the order', ['reshape'], [box], (ops, x) => [
    ops.reshape(x, [60]),
    ops.reshape(x, [5, 12]),
  ]),
  valuesCase('reshape/to and from a scalar', ['reshape'], [given([4], [1, 1])], (ops, x) => {
    const scalar = ops.reshape(x, []);
    return [scalar, ops.reshape(scalar, [1])];
  }),
  valuesCase('concat/each axis', ['concat'], [box, uniform([3, 4, 5], 74)], (ops, a, b) => [
    ops.concat([a, b], 0),
    ops.concat([a, b], 1),
    ops.concat([a, b], 2),
    ops.concat([a, b], -1),
  ]),
  valuesCase(
    'concat/three of different lengths',
    ['concat'],
    [uniform([2, 1], 75), uniform([2, 3], 76), uniform([2, 5], 77)],
    (ops, a, b, c) => ops.concat([a, b, c], 1),
  ),
  valuesCase('concat/one tensor', ['concat'], [box], (ops, x) => ops.concat([x], 1)),
  valuesCase('concat/twelve tensors', ['concat'], [uniform([2, 3], 78)], (ops, x) =>
    ops.concat(new Array<typeof x>(12).fill(x), 0),
  ),
  valuesCase('slice/inside', ['slice'], [box], (ops, x) => ops.slice(x, [1, 1, 2], [2, 2, 3])),
  valuesCase('slice/everything', ['slice'], [box], (ops, x) => ops.slice(x, [0, 0, 0], [3, 4, 5])),
  valuesCase('slice/a vector', ['slice'], [uniform([11], 79)], (ops, x) => ops.slice(x, [3], [7])),
  valuesCase('slice/one element', ['slice'], [uniform([3, 5], 80)], (ops, x) => ops.slice(x, [2, 4], [1, 1])),
  valuesCase('reverse/each axis', ['reverse'], [box], (ops, x) => [-1, 0, 1, 2].map((axis) => ops.reverse(x, axis))),
  valuesCase('reverse/a vector', ['reverse'], [given([1, 2, 3])], (ops, x) => ops.reverse(x, 0), {
    expected: [[3, 2, 1]],
  }),
  valuesCase('transpose/reverses the axes', ['transpose'], [box], (ops, x) => ops.transpose(x)),
  valuesCase('transpose/every permutation of three axes', ['transpose'], [box], (ops, x) =>
    [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ].map((axes) => ops.transpose(x, axes)),
  ),
  valuesCase('transpose/a vector stays', ['transpose'], [uniform([5], 81)], (ops, x) => ops.transpose(x)),
];

/** Making, summing and moving values. */
export const layoutCases: readonly ConformanceCase[] = [...creation, ...reductions, ...moves];
