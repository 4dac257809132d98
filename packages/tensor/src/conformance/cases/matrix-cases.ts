import type { ConformanceCase } from '../conformance-case.ts';
import { given, uniform, valuesCase } from './case-builders.ts';

type Size = readonly [rows: number, inner: number, columns: number];

const sizes: readonly Size[] = [
  [5, 7, 3],
  [1, 1, 1],
  [1, 130, 1],
  [33, 65, 17],
  [2, 100, 3],
  [64, 16, 64],
];

const matMulCases = sizes.flatMap(([rows, inner, columns], i) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => {
      const a = uniform(transposeA ? [inner, rows] : [rows, inner], 100 + i);
      const b = uniform(transposeB ? [columns, inner] : [inner, columns], 120 + i);
      const fact = `${rows}×${inner}${transposeA ? 'ᵀ' : ''} · ${inner}×${columns}${transposeB ? 'ᵀ' : ''}`;
      return valuesCase(`matMul/${fact}`, ['matMul'], [a, b], (ops, x, y) => ops.matMul(x, y, transposeA, transposeB));
    }),
  ),
);

const batchCases = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB) => {
    const a = uniform(transposeA ? [3, 50, 5] : [3, 5, 50], 140);
    const b = uniform(transposeB ? [3, 7, 50] : [3, 50, 7], 141);
    const fact = `three batches${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`;
    return valuesCase(`matMul/${fact}`, ['matMul'], [a, b], (ops, x, y) => ops.matMul(x, y, transposeA, transposeB));
  }),
);

const { NaN: nan } = Number;

/** Matrix products, with matrices that vary and with a constant one. */
export const matrixCases: readonly ConformanceCase[] = [
  ...matMulCases,
  ...batchCases,
  valuesCase(
    'matMul/an operand overwritten since the last product',
    ['matMul', 'variable', 'mul'],
    [uniform([4, 5], 142), uniform([5, 3], 143)],
    (ops, x, y) => {
      const variable = ops.variable(y, { name: 'conformance.overwritten' });
      const before = ops.matMul(x, variable);
      variable.assign(ops.mul(y, y));
      const after = ops.matMul(x, variable);
      variable.dispose();
      return [before, after];
    },
  ),
  valuesCase(
    'matMul/NaN reaches its row only',
    ['matMul'],
    [given([nan, 1, 1, 1], [2, 2]), given([0, 1, 1, 1], [2, 2])],
    (ops, x, y) => ops.matMul(x, y),
    {
      expected: [[nan, nan, 1, 2]],
    },
  ),
  valuesCase('constMatMul/rank 2', ['constMatMul'], [uniform([5, 7], 150), uniform([7, 12], 151)], (ops, x, matrix) =>
    ops.constMatMul(x, matrix),
  ),
  valuesCase(
    'constMatMul/rank 3',
    ['constMatMul'],
    [uniform([2, 5, 7], 152), uniform([7, 12], 153)],
    (ops, x, matrix) => ops.constMatMul(x, matrix),
  ),
  valuesCase(
    'constMatMul/one row, one knot',
    ['constMatMul'],
    [uniform([1, 1], 154), uniform([1, 24], 155)],
    (ops, x, matrix) => ops.constMatMul(x, matrix),
  ),
];
