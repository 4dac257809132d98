import { type ElementwiseRule, elementwiseRule } from '../../rules/elementwise-rule.ts';
import type { Expression } from '../../rules/expression.ts';
import type { ConformanceCase, ConformanceInput } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';
import { adamRule } from './rules-for-cases.ts';

const ruleOf = (expression: Expression): ElementwiseRule<'a' | 'b', never, 'y'> =>
  elementwiseRule({
    name: 'one operation',
    inputs: ['a', 'b'],
    scalars: [],
    definitions: [],
    outputs: [['y', expression]],
  });

function operationCase(
  fact: string,
  expression: Expression,
  a: ConformanceInput,
  b: ConformanceInput,
  expected?: readonly number[],
): ConformanceCase {
  const rule = ruleOf(expression);
  const rest = expected ? { expected: [expected] } : {};
  return valuesCase(
    `elementwise/${fact}`,
    ['elementwise'],
    [a, b],
    (ops, x, y) => ops.elementwise(rule, { a: x, b: y }, {}).y,
    rest,
  );
}

const a = uniform([5, 7], 300, -2, 2);
const b = uniform([5, 7], 301, -2, 2);
const positive = uniform([5, 7], 302, 0.2, 3);
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const left = given([1, 2, 3, nan, 1, nan, 0, -0]);
const right = given([1, 3, 2, 1, nan, nan, -0, 1]);

const binaries = (['+', '-', '*', '/', 'min', 'max'] as const).map((operation) =>
  operationCase(`${operation}`, [operation, 'a', 'b'], a, operation === '/' ? positive : b),
);
const unaries = (['sqrt', 'rsqrt', 'exp', 'log', 'abs', 'sign'] as const).map((operation) =>
  operationCase(`${operation}`, [operation, 'a'], operation === 'abs' || operation === 'sign' ? a : positive, b),
);

const comparisons = (
  [
    ['<', [0, 1, 0, 0, 0, 0, 0, 1]],
    ['<=', [1, 1, 0, 0, 0, 0, 1, 1]],
    ['>', [0, 0, 1, 0, 0, 0, 0, 0]],
    ['>=', [1, 0, 1, 0, 0, 0, 1, 0]],
    ['==', [1, 0, 0, 0, 0, 0, 1, 0]],
    ['!=', [0, 1, 1, 1, 1, 1, 0, 1]],
  ] as const
).map(([operation, expected]) =>
  operationCase(`${operation}, NaN included`, [operation, 'a', 'b'], left, right, expected),
);

const special: readonly ConformanceCase[] = [
  operationCase('min is NaN when either side is', ['min', 'a', 'b'], left, right, [1, 2, 2, nan, nan, nan, 0, 0]),
  operationCase('max is NaN when either side is', ['max', 'a', 'b'], left, right, [1, 3, 3, nan, nan, nan, 0, 1]),
  operationCase('sign of zero is zero', ['sign', 'a'], given([-3, -0, 0, 5]), given([0, 0, 0, 0]), [-1, 0, 0, 1]),
  operationCase('pow of positive numbers', ['pow', 'a', 'b'], positive, b),
  operationCase(
    'pow of negative numbers and whole exponents',
    ['pow', 'a', 'b'],
    given([-2, -2, -3, 0, 0]),
    given([2, 3, 1, 0, 2]),
    [4, -8, -3, 1, 0],
  ),
  operationCase('division by zero', ['/', 'a', 'b'], given([1, -1, 0]), given([0, 0, 0]), [infinity, -infinity, nan]),
  operationCase(
    'sqrt, rsqrt and log outside their domains',
    ['+', ['sqrt', 'a'], ['+', ['rsqrt', 'a'], ['log', 'a']]],
    given([-1, 1, 4]),
    given([0, 0, 0]),
  ),
  operationCase('rsqrt of zero', ['rsqrt', 'a'], given([0, 4]), given([0, 0]), [infinity, 0.5]),
  operationCase(
    'select takes a where the condition is not 0',
    ['select', 'a', 'b', ['-', 0, 'b']],
    given([0, 1, -2, 0.5]),
    given([1, 2, 3, 4]),
    [-1, 2, 3, 4],
  ),
  operationCase('select on a comparison', ['select', ['<', 'a', 'b'], 'a', 'b'], a, b),
  operationCase(
    'select does not let NaN of the other branch through',
    ['select', ['>', 'a', 0], ['log', 'a'], 0],
    given([-1, 1, 0]),
    given([0, 0, 0]),
    [0, 0, 0],
  ),
  operationCase('a comparison is a number', ['+', ['*', ['>', 'a', 0], 'b'], ['>', 'b', 0]], a, b),
  operationCase('a constant alone', 0.25, a, b),
  operationCase('an input alone', 'a', a, b),
];

const scaled = elementwiseRule({
  name: 'scaled difference',
  inputs: ['a', 'b'],
  scalars: ['factor', 'offset'],
  definitions: [
    ['difference', ['-', 'a', 'b']],
    ['square', ['*', 'difference', 'difference']],
  ],
  outputs: [
    ['a', ['+', ['*', 'factor', 'square'], 'offset']],
    ['onlyScalars', ['*', 'factor', 'offset']],
    ['chosen', ['select', ['>', 'factor', 'a'], 'offset', 'square']],
  ],
});

const large = [uniform([1031], 303), uniform([1031], 304), uniform([1031], 305), uniform([1031], 306, 0, 1)];

/** Every operation of the rule language, and rules as optimizers write them. */
export const elementwiseCases: readonly ConformanceCase[] = [
  ...binaries,
  ...unaries,
  ...comparisons,
  ...special,
  valuesCase('elementwise/number scalars', ['elementwise'], [a, b], (ops, x, y) =>
    Object.values(ops.elementwise(scaled, { a: x, b: y }, { factor: 0.75, offset: -2 })),
  ),
  valuesCase(
    'elementwise/rank-0 tensors as scalars',
    ['elementwise'],
    [a, b, given([0.75], []), given([-2], [])],
    (ops, x, y, factor, offset) => Object.values(ops.elementwise(scaled, { a: x, b: y }, { factor, offset })),
  ),
  valuesCase('elementwise/a number and a tensor mixed', ['elementwise'], [a, b, given([-2], [])], (ops, x, y, offset) =>
    Object.values(ops.elementwise(scaled, { a: x, b: y }, { factor: 0.75, offset })),
  ),
  valuesCase('elementwise/rank-0 inputs', ['elementwise'], [given([2], []), given([3], [])], (ops, x, y) =>
    Object.values(ops.elementwise(scaled, { a: x, b: y }, { factor: 0.5, offset: 1 })),
  ),
  valuesCase('elementwise/one tensor given for two inputs', ['elementwise'], [a], (ops, x) =>
    Object.values(ops.elementwise(scaled, { a: x, b: x }, { factor: 0.5, offset: 1 })),
  ),
  valuesCase('elementwise/Adam over an odd number of weights', ['elementwise'], large, (ops, w, g, m, v) =>
    Object.values(
      ops.elementwise(adamRule, { w, g, m, v }, { learningRate: 0.01, correction1: 0.1, correction2: 0.001 }),
    ),
  ),
  valuesCase(
    'elementwiseEach/many groups of different shapes, a scalar on the device',
    ['elementwiseEach'],
    [a, b, ...large.slice(0, 2), given([2], []), given([0.75], [])],
    (ops, x, y, u, v, rankless, factor) => {
      const groups = [
        { a: x, b: y },
        { a: u, b: v },
        { a: rankless, b: rankless },
      ];
      const many = Array.from({ length: 21 }, (_, i) => groups[i % groups.length]!);
      return ops.elementwiseEach(scaled, many, { factor, offset: -2 }).flatMap((outputs) => Object.values(outputs));
    },
  ),
  valuesCase('elementwiseEach/no groups', ['elementwiseEach'], [a], (ops, x) => [
    x,
    ...ops.elementwiseEach(ruleOf('a'), [], {}).map(({ y }) => y),
  ]),
  valuesCase('elementwise/inputs are left as they were', ['elementwise'], [a, b], (ops, x, y) => [
    ops.elementwise(ruleOf(['+', 'a', 'b']), { a: x, b: y }, {}).y,
    ops.elementwise(ruleOf('a'), { a: x, b: y }, {}).y,
    ops.elementwise(ruleOf('b'), { a: x, b: y }, {}).y,
  ]),
];
