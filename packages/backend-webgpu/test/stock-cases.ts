import {
  addN,
  cumprod,
  cumsum,
  engine,
  fused,
  gather,
  matMul,
  mul,
  sigmoid,
  softmax,
  sum,
  type Tensor,
  tanh,
  tensor,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';

/** An operation of tfjs that its WebGPU engine gets wrong, or not the same each time. */
export interface StockCase {
  readonly name: string;
  readonly run: () => Tensor | readonly Tensor[];
}

const wave = (shape: readonly number[], seed: number): Tensor => {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898 + seed) * 0.9);
  return tensor(values, [...shape]);
};

const runKernel = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor =>
  engine().runKernel(name, inputs, attributes as never) as Tensor;

const special = (): Tensor => tensor([Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 30, -30, 0.001]);

const poolGradient = (values: readonly number[], shape: readonly number[], strides: number, pad: 'valid' | 'same') => {
  const input = tensor([...values], [...shape]);
  const attributes = { filterSize: [2, 2], strides: [strides, strides], pad };
  const output = runKernel('MaxPool', { x: input }, attributes);
  return runKernel('MaxPoolGrad', { dy: wave(output.shape, 1), input, output }, attributes);
};

/** tfjs's CPU engine has them right. */
export const stockCases: readonly StockCase[] = [
  {
    name: 'softmax with NaN and infinity',
    run: () => softmax(tensor([1, 2, 3, Number.NaN, 1, 2, -Infinity, 0, 0], [3, 3])),
  },
  { name: 'softmax of long rows', run: () => softmax(wave([3, 700], 1)) },
  { name: 'sigmoid of special values', run: () => sigmoid(special()) },
  { name: 'tanh of special values', run: () => tanh(special()) },
  { name: 'tanh and sigmoid of small numbers', run: () => [tanh(mul(wave([500], 2), 1e-3)), sigmoid(wave([500], 2))] },
  // Of several lengths: the stock shader of the first is used for all.
  ...[5, 8, 3].flatMap((length) =>
    [false, true].flatMap((exclusive) =>
      [false, true].map((reverse) => ({
        name: `cumsum and cumprod ${length} ${exclusive ? 'exclusive' : ''} ${reverse ? 'reverse' : ''}`,
        run: () => [
          cumsum(wave([2, length], 3), 1, exclusive, reverse),
          cumsum(wave([length, 3], 3), 0, exclusive, reverse),
          cumprod(wave([2, length, 2], 3), 1, exclusive, reverse),
        ],
      })),
    ),
  ),
  ...[1, 2, 7, 8, 12, 13, 40].map((count) => ({
    name: `addN of ${count}`,
    run: () => addN(Array.from({ length: count }, (_, i) => wave([3, 5], i))),
  })),
  {
    name: 'max pool gradient, ties',
    run: () => poolGradient([1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2, 3, 3, 3, 3], [1, 4, 4, 1], 2, 'valid'),
  },
  {
    name: 'max pool gradient, windows that overlap, padding, negative maxima',
    run: () =>
      poolGradient(
        Array.from({ length: 100 }, (_, i) => -1 - (i % 3)),
        [2, 5, 5, 2],
        1,
        'same',
      ),
  },
  {
    name: 'segment sum, and gather',
    run: () => [
      unsortedSegmentSum(wave([6, 4], 4), tensor([2, 0, 2, 3, 0, 2], [6], 'int32') as never, 5),
      gather(wave([6, 4], 4), tensor([2, 0, 5, 5], [4], 'int32')),
      gather(wave([6, 4], 4), tensor([3, 0], [2], 'int32'), 1),
    ],
  },
  {
    name: 'sums of nothing',
    run: () => [sum(tensor([], [0, 3])), sum(tensor([], [0, 3]), 0), sum(tensor([], [2, 0, 3]), 1, true)],
  },
  {
    name: 'products of batches, of which one is repeated',
    run: () => [
      matMul(wave([4, 3, 5], 5), wave([5, 2], 6)),
      matMul(wave([1, 3, 5], 5), wave([4, 5, 2], 6)),
      matMul(wave([2, 1, 3, 5], 5), wave([2, 4, 5, 2], 6)),
      matMul(tensor([1, 2, 3, 4], [2, 2], 'int32'), tensor([1, 2, 3, 4], [2, 2], 'int32')),
    ],
  },
  ...(['linear', 'relu', 'sigmoid', 'relu6', 'elu'] as const).map((activation) => ({
    name: `fused product: ${activation}`,
    run: () => [
      fused.matMul({ a: wave([3, 5], 7), b: wave([5, 4], 8), bias: wave([4], 9), activation }),
      fused.matMul({
        a: wave([3, 2100], 7),
        b: wave([4, 2100], 8),
        transposeB: true,
        bias: wave([3, 4], 9),
        activation,
      }),
    ],
  })),
];
