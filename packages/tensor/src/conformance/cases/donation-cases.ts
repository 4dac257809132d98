import type { ConformanceCase } from '../conformance-case.ts';
import { memoryCase, uniform, valuesCase } from './case-builders.ts';
import { adamRule, additionRule, butterflyRule, copyRule } from './rules-for-cases.ts';

const a = uniform([5, 7], 320);
const b = uniform([5, 7], 321);
const scalars = { learningRate: 0.01, correction1: 0.1, correction2: 0.001 };
const adamInputs = [uniform([1031], 322), uniform([1031], 323), uniform([1031], 324), uniform([1031], 325, 0, 1)];

/** Donated memory may be reused, but never memory that somebody else still reads. */
export const donationCases: readonly ConformanceCase[] = [
  valuesCase('elementwise/donation changes no result', ['elementwise'], adamInputs, (ops, w, g, m, v) =>
    Object.values(ops.elementwise(adamRule, { w, g, m, v }, scalars, { donate: ['w', 'g', 'm', 'v'] })),
  ),
  valuesCase('elementwise/inputs that were not donated stay', ['elementwise'], [a, b], (ops, x, y) => [
    ops.elementwise(additionRule, { a: x, b: y }, {}, { donate: ['a'] }).a,
    y,
  ]),
  valuesCase(
    'elementwise/a donated view leaves its original',
    ['elementwise', 'reshape'],
    [a, uniform([35], 321)],
    (ops, x, y) => {
      const view = ops.reshape(x, [35]);
      return [ops.elementwise(additionRule, { a: view, b: y }, {}, { donate: ['a'] }).a, x];
    },
  ),
  valuesCase(
    'elementwise/a donated variable leaves the value assigned to it',
    ['elementwise', 'variable', 'mul'],
    [a, b],
    (ops, x, y) => {
      const variable = ops.variable(x, { name: 'conformance.donated' });
      const value = ops.mul(y, y);
      variable.assign(value);
      const sum = ops.elementwise(additionRule, { a: variable, b: y }, {}, { donate: ['a'] }).a;
      variable.dispose();
      return [sum, value, x];
    },
  ),
  valuesCase(
    'elementwise/a donated variable is assigned again',
    ['elementwise', 'variable', 'add'],
    [a, b],
    (ops, x, y) => {
      const variable = ops.variable(x, { name: 'conformance.donated' });
      for (let update = 0; update < 3; update++) {
        const next = ops.elementwise(additionRule, { a: variable, b: y }, {}, { donate: ['a'] }).a;
        variable.assign(next);
        next.dispose();
      }
      const result = ops.add(variable, y);
      variable.dispose();
      return [result, x];
    },
  ),
  valuesCase('elementwise/outputs that each read all donated inputs', ['elementwise', 'mul'], [a, b], (ops, x, y) =>
    Object.values(ops.elementwise(butterflyRule, { a: ops.mul(x, x), b: ops.mul(y, y) }, {}, { donate: ['a', 'b'] })),
  ),
  valuesCase('elementwise/one tensor donated and read under another name', ['elementwise', 'mul'], [a], (ops, x) => {
    const square = ops.mul(x, x);
    return Object.values(ops.elementwise(butterflyRule, { a: square, b: square }, {}, { donate: ['a'] }));
  }),
  valuesCase(
    'elementwiseEach/a tensor donated by one group and read by another',
    ['elementwiseEach', 'mul'],
    [a, b],
    (ops, x, y) => {
      const [square, product] = [ops.mul(x, x), ops.mul(x, y)];
      const groups = [
        { a: square, b: y },
        { a: product, b: square },
      ];
      return ops.elementwiseEach(additionRule, groups, {}, { donate: ['a'] }).map(({ a: sum }) => sum);
    },
  ),
  memoryCase(
    'elementwise/an output that is an input is a tensor of its own',
    ['elementwise'],
    [a],
    async (ops, tensors, x) => {
      const before = tensors();
      const { b: copy } = ops.elementwise(copyRule, { a: x }, {});
      const made = tensors() - before;
      copy.dispose();
      const [first] = Array.from(await x.data());
      return [
        { what: 'tensors made', expected: 1, received: made },
        { what: 'the input after the copy was disposed', expected: a.values[0]!, received: first! },
      ];
    },
  ),
  memoryCase(
    'elementwise/donation leaks nothing and frees nothing twice',
    ['elementwise'],
    [a, b],
    async (ops, tensors, x, y) => {
      const before = tensors();
      const { a: sum } = ops.elementwise(additionRule, { a: x, b: y }, {}, { donate: ['a'] });
      const received = tensors();
      x.dispose();
      const [first] = Array.from(await sum.data());
      sum.dispose();
      return [
        { what: 'tensors after a donating call', expected: before + 1, received },
        {
          what: 'the sum after its donor was disposed',
          expected: Math.fround(a.values[0]! + b.values[0]!),
          received: Math.fround(first!),
        },
        { what: 'tensors after both were disposed', expected: before - 1, received: tensors() },
      ];
    },
  ),
];
