import { activations } from '../../activation.ts';
import type { NetworkOps } from '../../network-ops.ts';
import type { Tensor } from '../../tensor.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { gradientsCase, uniform } from './case-builders.ts';

const [x, w, b] = [uniform([5, 7], 500), uniform([7, 3], 501), uniform([3], 502)];

const dense = activations.flatMap((activation) => {
  const compute: Parameters<typeof gradientsCase>[3] = (ops, input, weights, bias) =>
    ops.dense(input, weights, bias, activation);
  return [
    gradientsCase(`dense/${activation}`, ['dense'], [x, w, b], compute),
    // The first layer of a network: a fused engine need not compute the gradient of its input.
    gradientsCase(
      `dense/${activation}, constant input`,
      ['dense'],
      [w, b],
      (ops, weights, bias, input) => compute(ops, input, weights, bias),
      { constants: [x] },
    ),
  ];
});

const partial: readonly ConformanceCase[] = [
  gradientsCase(
    'dense/frozen weights',
    ['dense'],
    [x],
    (ops, input, weights, bias) => ops.dense(input, weights, bias, 'tanh'),
    { constants: [w, b] },
  ),
  gradientsCase(
    'dense/only the bias',
    ['dense'],
    [b],
    (ops, bias, input, weights) => ops.dense(input, weights, bias, 'tanh'),
    { constants: [x, w] },
  ),
  gradientsCase(
    'dense/only the weights',
    ['dense'],
    [w],
    (ops, weights, input, bias) => ops.dense(input, weights, bias, 'tanh'),
    { constants: [x, b] },
  ),
  gradientsCase(
    'dense/frozen bias',
    ['dense'],
    [x, w],
    (ops, input, weights, bias) => ops.dense(input, weights, bias, 'tanh'),
    { constants: [b] },
  ),
  gradientsCase(
    'dense/used twice with the same weights',
    ['dense'],
    [uniform([5, 4], 503), uniform([4, 4], 504), uniform([4], 505)],
    (ops, input, weights, bias) => ops.dense(ops.dense(input, weights, bias, 'selu'), weights, bias, 'softplus'),
  ),
];

const poolShapes: readonly (readonly [fact: string, shape: readonly number[], kernelSize: number, low: number])[] = [
  ['whole windows', [3, 12], 4, -1],
  ['ragged', [3, 13], 4, -1],
  ['negative windows, ragged', [3, 11], 4, -2],
  ['channels, ragged', [2, 13, 3], 3, -1],
  ['kernel longer than the input', [2, 5], 8, -1],
  ['kernel 1', [2, 5], 1, -1],
];

const pools = (['maxPool1d', 'avgPool1d'] as const).flatMap((pool) =>
  poolShapes.map(([fact, shape, kernelSize, low], i) =>
    gradientsCase(
      `${pool}/${fact}`,
      [pool],
      [uniform(shape, 510 + i, low, low + 2 + Math.min(0, low + 1) * 1.5)],
      (ops, input) => ops[pool](input, { kernelSize }),
    ),
  ),
);

const constants = (['rank 2', 'rank 3'] as const).map((fact, i) =>
  gradientsCase(
    `constMatMul/${fact}`,
    ['constMatMul'],
    [uniform(i === 0 ? [5, 3] : [2, 5, 3], 520)],
    (ops, knots, matrix) => ops.constMatMul(knots, matrix),
    {
      constants: [uniform([3, 12], 521)],
    },
  ),
);

function twoLayers<T extends Tensor>(ops: NetworkOps<T>): (input: T, weights: T, bias: T) => T {
  return (input, weights, bias) => ops.softplus(ops.mul(ops.dense(input, weights, bias, 'tanh'), bias));
}

const recomputed: readonly ConformanceCase[] = [
  gradientsCase('recompute/a layer', ['recompute', 'softplus', 'mul', 'dense'], [x, w, b], (ops, ...inputs) =>
    ops.recompute((input, weights, bias) => twoLayers(ops)(input, weights, bias))(...inputs),
  ),
  gradientsCase(
    'recompute/inside recompute',
    ['recompute', 'softplus', 'mul'],
    [uniform([3, 5], 530)],
    (ops, input) => {
      const inner = ops.recompute((y) => ops.softplus(ops.mul(y, y)));
      return ops.recompute((y) => ops.mul(inner(y), y))(input);
    },
  ),
  gradientsCase(
    'recompute/between other layers',
    ['recompute', 'exp', 'mul', 'maxPool1d'],
    [uniform([3, 8], 531)],
    (ops, input) => {
      const pooled = ops.recompute((y) => ops.maxPool1d(ops.mul(y, y), { kernelSize: 3 }))(ops.exp(input));
      return ops.mul(pooled, pooled);
    },
  ),
  gradientsCase(
    'recompute/an argument that is not used',
    ['recompute', 'mul'],
    [uniform([3], 532), uniform([2], 533)],
    (ops, a, c) => ops.recompute((y) => ops.mul(y, y))(a, c),
  ),
  gradientsCase(
    'recompute/a captured constant',
    ['recompute', 'mul'],
    [uniform([3], 534)],
    (ops, a, c) => ops.recompute((y) => ops.mul(y, c))(a),
    {
      constants: [uniform([3], 535)],
    },
  ),
];

const block = gradientsCase(
  'variableGrads/a block of N-HiTS',
  ['maxPool1d', 'dense', 'slice', 'constMatMul', 'sub', 'concat', 'abs'],
  [uniform([6, 10], 541), uniform([10], 542), uniform([10, 14], 543), uniform([14], 544)],
  (ops, w1, b1, w2, b2, window, matrix) => {
    const hidden = ops.dense(ops.maxPool1d(window, { kernelSize: 2 }), w1, b1, 'relu');
    const theta = ops.dense(hidden, w2, b2, 'linear');
    const forecast = ops.constMatMul(ops.slice(theta, [0, 11], [3, 3]), matrix);
    return ops.abs(ops.concat([ops.sub(window, ops.slice(theta, [0, 0], [3, 11])), forecast], 1));
  },
  { constants: [uniform([3, 11], 540), uniform([3, 6], 545)] },
);

const madeInside = gradientsCase(
  'variableGrads/constants made inside the loss',
  ['constMatMul', 'dense', 'maxPool1d', 'mul', 'maximum', 'recompute'],
  [uniform([3, 4], 550)],
  (ops, input) => {
    const make = (shape: readonly number[], seed: number) => ops.tensor(uniform(shape, seed).values, shape);
    const product = ops.constMatMul(input, make([4, 7], 551));
    const pooled = ops.maxPool1d(ops.mul(product, make([3, 7], 552)), { kernelSize: 3 });
    const hidden = ops.dense(pooled, make([3, 5], 553), make([5], 554), 'tanh');
    return ops.recompute((x, limit) => ops.maximum(x, limit))(hidden, make([3, 1], 555));
  },
);

/** Gradients of what tfjs does not have, or not right. */
export const layerGradientsCases: readonly ConformanceCase[] = [
  ...dense,
  ...partial,
  ...pools,
  ...constants,
  ...recomputed,
  block,
  madeInside,
];
