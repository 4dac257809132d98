import { createCpuBackend } from '@nt/backend-cpu';
import type { NetworkOps, Tensor } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { activateInDouble, broadcastInDouble, multiplyInDouble, reduceInDouble, size } from './double-loops.ts';
import { loadable } from './engines.ts';
import { elementwiseTolerance, sumTolerance } from './tolerances.ts';

const numRuns = process.env['NT_LONG'] === '1' ? 5000 : 40;

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
type Reduction = (x: tf.Tensor, axes?: number[]) => tf.Tensor;

const { add, sub, mul, div, maximum, minimum, squaredDifference, greater, lessEqual } = tf;
const binaryOps: Record<string, Binary> = {
  add,
  sub,
  mul,
  div,
  maximum,
  minimum,
  squaredDifference,
  greater,
  lessEqual,
};
const reductions: Record<string, Reduction> = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min };

/** Numbers in (−1, 1) that follow from a seed. */
function numbers(seed: number, count: number): Float32Array {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Dimensions around the edges of tiles and blocks. */
const dimension = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(47, 48, 49, 64, 255, 256, 257, 300));
const seed = fc.integer({ min: 1, max: 1e6 });
const small = fc.integer({ min: 1, max: 5 });
const shape = fc.array(small, { minLength: 1, maxLength: 5 });

let dispose = async (): Promise<void> => {};
afterEach(() => dispose());

async function engine(kernels: (typeof loadable)[number]): Promise<NetworkOps<Tensor>> {
  const backend = await createCpuBackend({ kernels, threads: kernels === 'js' ? 1 : 2, poisonFreedMemory: true });
  dispose = () => backend.dispose();
  return backend.ops as unknown as NetworkOps<Tensor>;
}

function expectClose(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale: ArrayLike<number>,
  tolerance: number,
): void {
  expect(received.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(received[i]! - expected[i]!);
    if (!(error <= tolerance * Math.max(1e-3, scale[i]!)))
      expect(received[i], `element ${i}`).toBeCloseTo(expected[i]!, 9);
  }
}

describe.each(loadable)('%s', (kernels) => {
  it('products of every transposition and size agree with float64 loops', async () => {
    await engine(kernels);
    const flags = fc.tuple(fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        dimension,
        dimension,
        dimension,
        flags,
        fc.integer({ min: 1, max: 3 }),
        seed,
        async (m, n, k, [ta, tb], batch, s) => {
          const [a, b] = [numbers(s, batch * m * k), numbers(s + 1, batch * k * n)];
          const out = tf.tidy(() =>
            tf.matMul(
              tf.tensor(a, ta ? [batch, k, m] : [batch, m, k]),
              tf.tensor(b, tb ? [batch, n, k] : [batch, k, n]),
              ta,
              tb,
            ),
          );
          const { product, magnitude } = multiplyInDouble(a, b, { batch, m, n, k, ta, tb });
          expectClose(await out.data(), product, magnitude, sumTolerance);
          out.dispose();
        },
      ),
      { numRuns },
    );
  });

  it('fused products with bias and activation agree with the composed ones', async () => {
    await engine(kernels);
    const activation = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu');
    await fc.assert(
      fc.asyncProperty(
        dimension,
        dimension,
        dimension,
        activation,
        fc.boolean(),
        seed,
        async (m, n, k, name, tb, s) => {
          const [a, b, bias] = [numbers(s, m * k), numbers(s + 1, k * n), numbers(s + 2, n)];
          const out = tf.tidy(() =>
            tf.fused.matMul({
              a: tf.tensor2d(a, [m, k]),
              b: tf.tensor2d(b, tb ? [n, k] : [k, n]),
              transposeB: tb,
              bias: tf.tensor1d(bias),
              activation: name as 'relu',
              leakyreluAlpha: 0.3,
            }),
          );
          const { product, magnitude } = multiplyInDouble(a, b, { batch: 1, m, n, k, ta: false, tb });
          const expected = product.map((value, i) => activateInDouble(name, value + bias[i % n]!));
          expectClose(
            await out.data(),
            expected,
            magnitude.map((value) => value + 1),
            sumTolerance,
          );
          out.dispose();
        },
      ),
      { numRuns },
    );
  });

  it('elementwise operations broadcast like NumPy', async () => {
    await engine(kernels);
    const operation = fc.constantFrom(...Object.keys(binaryOps));
    const masks = fc.tuple(
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(
        shape,
        masks,
        fc.nat({ max: 4 }),
        operation,
        seed,
        async (full, [ones, others], drop, name, s) => {
          const aShape = full.map((length, axis) => (ones[axis] ? 1 : length));
          const bShape = full
            .map((length, axis) => (others[axis] && !ones[axis] ? 1 : length))
            .slice(Math.min(drop, full.length - 1));
          const [a, b] = [numbers(s, size(aShape)), numbers(s + 1, size(bShape)).map((x) => x + Math.sign(x) * 0.5)];
          const out = tf.tidy(() => binaryOps[name]!(tf.tensor(a, aShape), tf.tensor(b, bShape)));
          const expected = broadcastInDouble(name, a, aShape, b, bShape);
          expectClose(await out.data(), expected, expected.map(Math.abs), elementwiseTolerance);
          out.dispose();
        },
      ),
      { numRuns: numRuns * 3 },
    );
  });

  it('reductions over any axes agree with float64 loops', async () => {
    await engine(kernels);
    const operation = fc.constantFrom(...Object.keys(reductions));
    const sizes = fc.oneof(shape, fc.tuple(dimension, dimension), fc.constantFrom<number[]>([5000], [3, 4097]));
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        operation,
        seed,
        async (full, chosen, name, s) => {
          const axes = full.map((_, axis) => axis).filter((axis) => chosen[axis]);
          const x = numbers(s, size(full));
          const out = tf.tidy(() => reductions[name]!(tf.tensor(x, full), axes.length > 0 ? axes : undefined));
          const { expected, magnitude } = reduceInDouble(
            name,
            x,
            full,
            axes.length > 0 ? axes : full.map((_, axis) => axis),
          );
          expectClose(await out.data(), expected, magnitude, sumTolerance);
          out.dispose();
        },
      ),
      { numRuns: numRuns * 2 },
    );
  });

  it('transpose, slice, concat, pad and tile give what the stock engine gives', async () => {
    await engine(kernels);
    await fc.assert(
      fc.asyncProperty(shape, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), async (full, choices) => {
        const choose = (from: number, bound: number, axis: number): number => choices[from * 5 + axis]! % bound;
        const x = Float32Array.from({ length: size(full) }, (_, i) => i + 1);
        const begin = full.map((length, axis) => choose(0, length, axis));
        const extent = full.map((length, axis) => 1 + choose(1, length - begin[axis]!, axis));
        const order = full.map((_, axis) => axis).sort((a, b) => choices[10 + a]! - choices[10 + b]!);
        const paddings = full.map((_, axis) => [choose(3, 3, axis), choose(4, 3, axis)] as [number, number]);
        const program = (): tf.Tensor[] => {
          const t = tf.tensor(x, full as number[]);
          const layouts = [tf.transpose(t, order), tf.slice(t, begin, extent), tf.concat([t, t], order[0])];
          return [
            ...layouts,
            tf.pad(t, paddings, 7),
            tf.tile(
              t,
              full.map((_, axis) => 1 + choose(2, 2, axis)),
            ),
          ];
        };
        const received = await valuesOf('nt-cpu', program);
        expect(received).toEqual(await valuesOf('cpu', program));
        await tf.setBackend('nt-cpu');
      }),
      { numRuns },
    );
  });
});

async function valuesOf(name: string, program: () => tf.Tensor[]): Promise<number[][]> {
  await tf.setBackend(name);
  const tensors = tf.tidy(program);
  const values = await Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
  tf.dispose(tensors);
  return values;
}
