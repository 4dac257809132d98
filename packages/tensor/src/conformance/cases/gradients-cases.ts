import type { ConformanceCase } from '../conformance-case.ts';
import { gradientsCase, uniform } from './case-builders.ts';

type Binary = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum';

const binaryShapes: readonly (readonly [fact: string, a: readonly number[], b: readonly number[]])[] = [
  ['equal shapes', [3, 5], [3, 5]],
  ['a column and a row', [3, 1], [1, 5]],
  ['a scalar and a matrix', [], [3, 5]],
  ['rank 3 and an inner axis of 1', [2, 3, 5], [3, 1]],
];

const binaries = (['add', 'sub', 'mul', 'div', 'maximum', 'minimum'] as const).flatMap((name: Binary) =>
  binaryShapes.map(([fact, a, b], i) => {
    const right = name === 'div' ? uniform(b, 410 + i, 0.5, 2) : uniform(b, 410 + i);
    return gradientsCase(`${name}/${fact}`, [name], [uniform(a, 400 + i), right], (ops, x, y) => ops[name](x, y));
  }),
);

const away = {
  abs: [-2, 2],
  sqrt: [0.5, 2],
  exp: [-2, 2],
  log: [0.5, 2],
  softplus: [-3, 3],
  logGamma: [0.3, 5],
} as const;

const unaries = (['abs', 'sqrt', 'exp', 'log', 'softplus', 'logGamma'] as const).map((name) =>
  gradientsCase(`${name}/each element`, [name], [uniform([3, 7], 420, ...away[name])], (ops, x) => ops[name](x)),
);

const box = uniform([3, 4, 5], 430);

const layouts: readonly ConformanceCase[] = [
  gradientsCase('sum/all axes', ['sum'], [box], (ops, x) => ops.sum(x)),
  gradientsCase('sum/inner axes', ['sum'], [box], (ops, x) => ops.sum(x, [0, -1])),
  gradientsCase('sum/kept axis', ['sum', 'mul'], [box], (ops, x) => ops.mul(ops.sum(x, 1, true), x)),
  gradientsCase('reshape/round trip', ['reshape', 'mul'], [box], (ops, x) =>
    ops.mul(ops.reshape(x, [60]), ops.reshape(x, [60])),
  ),
  gradientsCase('concat/different lengths', ['concat'], [uniform([2, 3], 431), uniform([2, 5], 432)], (ops, a, b) =>
    ops.concat([a, b, a], -1),
  ),
  gradientsCase('slice/inside', ['slice'], [box], (ops, x) => ops.slice(x, [1, 1, 2], [2, 2, 3])),
  gradientsCase('slice/overlapping', ['slice', 'mul'], [uniform([9], 433)], (ops, x) =>
    ops.mul(ops.slice(x, [0], [6]), ops.slice(x, [3], [6])),
  ),
  gradientsCase('reverse/an inner axis', ['reverse'], [box], (ops, x) => ops.reverse(x, 1)),
  gradientsCase('reverse/the last axis', ['reverse', 'mul'], [box], (ops, x) => ops.mul(ops.reverse(x, -1), x)),
  gradientsCase('transpose/three axes', ['transpose'], [box], (ops, x) => ops.transpose(x, [2, 0, 1])),
  // Two blocks of a network: the second is computed in the memory of what the first one left behind.
  gradientsCase(
    'tidy/frees nothing that a gradient needs',
    ['tidy', 'slice', 'sub', 'exp', 'mul', 'concat', 'reshape', 'add'],
    [uniform([4, 6], 434)],
    (ops, x) => {
      const block = (left: typeof x): typeof x =>
        ops.tidy(() => {
          const theta = ops.exp(ops.mul(left, left));
          const [front, back] = [ops.slice(theta, [0, 0], [4, 3]), ops.slice(theta, [0, 3], [4, 3])];
          return ops.sub(left, ops.reshape(ops.concat([back, ops.add(front, back)], 1), [4, 6]));
        });
      return block(block(x));
    },
  ),
  gradientsCase('transpose/reversed', ['transpose'], [box], (ops, x) => ops.transpose(x)),
];

const products = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) => {
    const fact = `${transposeA ? 'aᵀ' : 'a'} · ${transposeB ? 'bᵀ' : 'b'}`;
    const a = transposeA ? [7, 5] : [5, 7];
    const b = transposeB ? [3, 7] : [7, 3];
    const compute: Parameters<typeof gradientsCase>[3] = (ops, x, y) => ops.matMul(x, y, transposeA, transposeB);
    return [
      gradientsCase(`matMul/${fact}`, ['matMul'], [uniform(a, 440), uniform(b, 441)], compute),
      gradientsCase(
        `matMul/${fact} in batches`,
        ['matMul'],
        [uniform([2, ...a], 442), uniform([2, ...b], 443)],
        compute,
      ),
    ];
  }),
);

const wholes: readonly ConformanceCase[] = [
  gradientsCase('variableGrads/a variable used three times', ['mul', 'add'], [uniform([3, 5], 450)], (ops, x) =>
    ops.add(ops.mul(x, x), x),
  ),
  gradientsCase('variableGrads/a constant operand', ['mul'], [uniform([3, 5], 451)], (ops, x, c) => ops.mul(x, c), {
    constants: [uniform([5], 452)],
  }),
  gradientsCase(
    'variableGrads/an unused variable gets zeros',
    [],
    [uniform([2], 453), uniform([2, 2], 454)],
    (_ops, x) => x,
    {
      expected: [
        [1, 1],
        [0, 0, 0, 0],
      ],
    },
  ),
  gradientsCase('variableGrads/no variable is used', [], [uniform([2], 455)], (_ops, _x, c) => c, {
    constants: [uniform([3], 456)],
    expected: [[0, 0]],
  }),
];

/** Gradients of the operations that tfjs knows too. */
export const gradientsCases: readonly ConformanceCase[] = [...binaries, ...unaries, ...layouts, ...products, ...wholes];
