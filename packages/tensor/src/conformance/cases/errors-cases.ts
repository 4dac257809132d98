import type { ConformanceCase } from '../conformance-case.ts';
import { errorsCase, given, uniform } from './case-builders.ts';
import { additionRule } from './rules-for-cases.ts';

const a = uniform([3, 5], 700);
const b = uniform([5, 3], 701);
const scalar = given([1], []);

const shapes: readonly ConformanceCase[] = [
  errorsCase('tensor/too few values', ['tensor'], [], (ops) => ops.tensor([1, 2, 3], [2, 2]), 'tensor/shape'),
  errorsCase(
    'tensor/too many values',
    ['tensor'],
    [],
    (ops) => ops.tensor(new Float32Array(5), [2, 2]),
    'tensor/shape',
  ),
  errorsCase(
    'borrow/too many values',
    ['borrow'],
    [],
    (ops) => ops.borrow(new Float32Array(5), [2, 2]),
    'tensor/shape',
  ),
  errorsCase('add/shapes that cannot be broadcast', ['add'], [a, b], (ops, x, y) => ops.add(x, y)),
  errorsCase('matMul/inner lengths differ', ['matMul'], [a], (ops, x) => ops.matMul(x, x)),
  errorsCase('reshape/another size', ['reshape'], [a], (ops, x) => ops.reshape(x, [4, 4])),
  errorsCase('concat/other axes differ', ['concat'], [a, b], (ops, x, y) => ops.concat([x, y], 0)),
  errorsCase('slice/beyond the end', ['slice'], [a], (ops, x) => ops.slice(x, [2, 0], [2, 5])),
  errorsCase('sum/an axis that is not there', ['sum'], [a], (ops, x) => ops.sum(x, 2)),
  errorsCase('reverse/an axis that is not there', ['reverse'], [a], (ops, x) => ops.reverse(x, 2)),
  errorsCase('transpose/not a permutation', ['transpose'], [a], (ops, x) => ops.transpose(x, [0, 0])),
  errorsCase(
    'dense/weights transposed as in PyTorch',
    ['dense'],
    [a, a, given([1, 2, 3])],
    (ops, x, w, y) => ops.dense(x, w, y, 'relu'),
    'tensor/shape',
  ),
  errorsCase(
    'dense/bias of another length',
    ['dense'],
    [a, b, given([1, 2])],
    (ops, x, w, y) => ops.dense(x, w, y, 'relu'),
    'tensor/shape',
  ),
  errorsCase(
    'dense/input of rank 3',
    ['dense'],
    [uniform([1, 3, 5], 702), b, given([1, 2, 3])],
    (ops, x, w, y) => ops.dense(x, w, y, 'relu'),
    'tensor/shape',
  ),
  errorsCase(
    'constMatMul/inner lengths differ',
    ['constMatMul'],
    [a],
    (ops, x) => ops.constMatMul(x, x),
    'tensor/shape',
  ),
  errorsCase(
    'constMatMul/matrix of rank 3',
    ['constMatMul'],
    [a, uniform([1, 5, 2], 703)],
    (ops, x, y) => ops.constMatMul(x, y),
    'tensor/shape',
  ),
  errorsCase(
    'maxPool1d/rank 1',
    ['maxPool1d'],
    [given([1, 2])],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 2 }),
    'tensor/shape',
  ),
  errorsCase(
    'avgPool1d/rank 4',
    ['avgPool1d'],
    [uniform([1, 2, 1, 1], 704)],
    (ops, x) => ops.avgPool1d(x, { kernelSize: 2 }),
    'tensor/shape',
  ),
  errorsCase(
    'maxPool1d/kernel 0',
    ['maxPool1d'],
    [a],
    (ops, x) => ops.maxPool1d(x, { kernelSize: 0 }),
    'tensor/option',
  ),
  errorsCase(
    'avgPool1d/half a step',
    ['avgPool1d'],
    [a],
    (ops, x) => ops.avgPool1d(x, { kernelSize: 1.5 }),
    'tensor/option',
  ),
];

// Calls that TypeScript forbids; a program in plain JavaScript can make them.
const wrong = <Value>(value: object): Value => value as Value;

const rules: readonly ConformanceCase[] = [
  errorsCase(
    'elementwise/inputs of different shapes',
    ['elementwise'],
    [a, b],
    (ops, x, y) => ops.elementwise(additionRule, { a: x, b: y }, {}),
    'tensor/shape',
  ),
  errorsCase(
    'elementwise/no broadcasting',
    ['elementwise'],
    [a, scalar],
    (ops, x, y) => ops.elementwise(additionRule, { a: x, b: y }, {}),
    'tensor/shape',
  ),
  errorsCase(
    'elementwise/a missing input',
    ['elementwise'],
    [a],
    (ops, x) => ops.elementwise(additionRule, wrong({ a: x }), {}),
    'tensor/rule',
  ),
  errorsCase(
    'elementwise/an unknown input',
    ['elementwise'],
    [a],
    (ops, x) => ops.elementwise(additionRule, wrong({ a: x, b: x, c: x }), {}),
    'tensor/rule',
  ),
  errorsCase(
    'elementwise/an unknown scalar',
    ['elementwise'],
    [a],
    (ops, x) => ops.elementwise(additionRule, { a: x, b: x }, wrong({ rate: 1 })),
    'tensor/rule',
  ),
  errorsCase(
    'elementwise/a scalar of rank 1',
    ['elementwise'],
    [a, given([1])],
    (ops, x, y) => ops.elementwise({ ...additionRule, scalars: ['rate'] }, { a: x, b: x }, { rate: y }),
    'tensor/shape',
  ),
  errorsCase(
    'elementwise/donating what is no input',
    ['elementwise'],
    [a],
    (ops, x) => ops.elementwise(additionRule, { a: x, b: x }, {}, wrong({ donate: ['c'] })),
    'tensor/rule',
  ),
];

const lives: readonly ConformanceCase[] = [
  errorsCase('dispose/computing with a disposed tensor', ['add', 'mul'], [a], (ops, x) => {
    const product = ops.mul(x, x);
    product.dispose();
    return ops.add(product, x);
  }),
  errorsCase(
    'variable/a name that is taken',
    ['variable'],
    [a],
    (ops, x) => {
      const variable = ops.variable(x, { name: 'conformance.taken' });
      try {
        ops.variable(x, { name: 'conformance.taken' });
      } finally {
        variable.dispose();
      }
    },
    'tensor/name',
  ),
  errorsCase('variable/assigning another shape', ['variable'], [a, b], (ops, x, y) => {
    const variable = ops.variable(x, { name: 'conformance.shape' });
    try {
      variable.assign(y);
    } finally {
      variable.dispose();
    }
  }),
  errorsCase(
    'variableGrads/a loss that is no scalar',
    ['variable', 'variableGrads', 'mul'],
    [a],
    (ops, x) => {
      const variable = ops.variable(x, { name: 'conformance.loss' });
      try {
        ops.variableGrads(() => ops.mul(variable, variable), [variable]);
      } finally {
        variable.dispose();
      }
    },
    'tensor/shape',
  ),
  errorsCase(
    'randomUniform/a seed that is no integer',
    ['randomUniform'],
    [],
    (ops) => ops.randomUniform([2], { seed: 0.5, counter: 0 }),
    'tensor/option',
  ),
  errorsCase(
    'randomUniform/a negative counter',
    ['randomUniform'],
    [],
    (ops) => ops.randomUniform([2], { seed: 0, counter: -1 }),
    'tensor/option',
  ),
];

/** What must be refused; with a code where the interface documents one. */
export const errorsCases: readonly ConformanceCase[] = [...shapes, ...rules, ...lives];
