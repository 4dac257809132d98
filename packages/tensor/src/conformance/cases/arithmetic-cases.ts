import type { NetworkOps } from '../../network-ops.ts';
import type { Tensor } from '../../tensor.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

type Binary = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum';
type Unary = 'abs' | 'sqrt' | 'exp' | 'log' | 'softplus';

const binaries: readonly Binary[] = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum'];

const shapes: readonly (readonly [fact: string, a: readonly number[], b: readonly number[]])[] = [
  ['equal shapes', [3, 5], [3, 5]],
  ['an odd number of elements beyond any vector width', [1031], [1031]],
  ['a row is repeated', [3, 5], [5]],
  ['a column and a row', [3, 1], [1, 5]],
  ['a scalar on the left', [], [3, 5]],
  ['a scalar on the right', [7], []],
  ['rank 3 and an inner axis of 1', [2, 3, 5], [3, 1]],
  ['rank 4 and the outer axis of 1', [2, 1, 3, 5], [4, 1, 5]],
];

const apply =
  (name: Binary) =>
  <T extends Tensor>(ops: NetworkOps<T>, a: T, b: T): T =>
    ops[name](a, b);

const binaryCases = binaries.flatMap((name) =>
  shapes.map(([fact, a, b], i) => {
    // Divisors stay away from 0, where rounding of the inputs would be magnified.
    const right = name === 'div' ? uniform(b, 40 + i, 0.5, 2) : uniform(b, 40 + i);
    return valuesCase(`${name}/${fact}`, [name], [uniform(a, 20 + i), right], apply(name));
  }),
);

const [nan, infinity] = [Number.NaN, Number.POSITIVE_INFINITY];

const specialCases: readonly ConformanceCase[] = [
  valuesCase('div/by zero', ['div'], [given([1, -1, 0]), given([0, 0, 0])], apply('div'), {
    expected: [[infinity, -infinity, nan]],
  }),
  valuesCase(
    'maximum/NaN on either side',
    ['maximum'],
    [given([nan, 1, nan]), given([1, nan, nan])],
    apply('maximum'),
    {
      expected: [[nan, nan, nan]],
    },
  ),
  valuesCase(
    'minimum/NaN on either side',
    ['minimum'],
    [given([nan, 1, nan]), given([1, nan, nan])],
    apply('minimum'),
    {
      expected: [[nan, nan, nan]],
    },
  ),
  valuesCase(
    'add/NaN and infinities',
    ['add'],
    [given([nan, infinity, infinity]), given([1, 1, -infinity])],
    apply('add'),
    {
      expected: [[nan, infinity, nan]],
    },
  ),
];

const unary = (
  name: Unary,
  fact: string,
  input: ReturnType<typeof given>,
  expected?: readonly number[],
): ConformanceCase =>
  valuesCase(`${name}/${fact}`, [name], [input], (ops, x) => ops[name](x), expected ? { expected: [expected] } : {});

const unaryCases: readonly ConformanceCase[] = [
  unary('abs', 'both signs', uniform([5, 7], 61)),
  unary('abs', 'zero and infinities', given([0, -2, -infinity, infinity]), [0, 2, infinity, infinity]),
  unary('sqrt', 'positive numbers', uniform([5, 7], 62, 0, 4)),
  unary('sqrt', 'zero and a negative number', given([0, 4, -1]), [0, 2, nan]),
  unary('exp', 'order 1', uniform([5, 7], 63, -5, 5)),
  unary('exp', 'infinities', given([-infinity, 0, infinity]), [0, 1, infinity]),
  unary('log', 'positive numbers', uniform([5, 7], 64, 0.1, 4)),
  unary('log', 'zero and a negative number', given([0, 1, -1]), [-infinity, 0, nan]),
  unary('softplus', 'order 1', uniform([5, 7], 65, -5, 5)),
  unary('softplus', 'far from zero neither overflows nor vanishes', given([-20, 0, 20, 90, 1000])),
  unary('exp', 'NaN', given([nan, 0]), [nan, 1]),
  unary('log', 'NaN', given([nan, 1]), [nan, 0]),
];

/** Arithmetic with and without broadcasting. */
export const arithmeticCases: readonly ConformanceCase[] = [...binaryCases, ...specialCases, ...unaryCases];
