import { createCpuBackend } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadable } from './engines.ts';

/**
 * Around the strips of every set, what is computed as (B · Aᵀ)ᵀ, with and without rows that are missing, and what is cut into
 * blocks of rows.
 */
const rows = [5, 8, 15, 16, 28, 29, 32, 33, 61, 64, 65, 97, 128, 131, 203];
/** Last strips of every length; several strips; several blocks of k. */
const sizes = [
  { n: 1, k: 3 },
  { n: 24, k: 64 },
  { n: 31, k: 513 },
  { n: 45, k: 255 },
  { n: 70, k: 256 },
  { n: 107, k: 257 },
  { n: 270, k: 40 },
  { n: 520, k: 260 },
];
/** More than any set computes another way. */
const most = 300;

const numbers = (count: number, step: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(i * step) * (1 + (i % 5)));

/** Where `found` differs, the first few places. Hundreds of thousands of numbers would take `toEqual` seconds. */
function otherThan(expected: Float32Array, found: Float32Array): string[] {
  if (found.length !== expected.length) return [`length ${found.length} instead of ${expected.length}`];
  const different: string[] = [];
  for (let i = 0; i < expected.length && different.length < 5; i++)
    if (!Object.is(found[i], expected[i])) different.push(`[${i}] ${found[i]} instead of ${expected[i]}`);
  return different;
}

describe.each(loadable.filter((kernels) => kernels !== 'js'))('%s', (kernels) => {
  it.each([1, 2, 3])(
    'a row of a product has the same bits among few rows and among many, on %i threads',
    async (threads) => {
      const backend = await createCpuBackend({ kernels, threads, poisonFreedMemory: true });
      onTestFinished(() => backend.dispose());
      for (const { n, k } of sizes)
        for (const isTransposed of [false, true]) {
          const b = tf.tensor2d(numbers(k * n, 0.37), isTransposed ? [n, k] : [k, n]);
          const bias = tf.tensor1d(numbers(n, 0.11));
          const values = numbers(most * k, 0.73);
          const product = (m: number): Float32Array =>
            tf.tidy(() => {
              const a = tf.tensor2d(values.subarray(0, m * k), [m, k]);
              return tf.fused.matMul({ a, b, transposeB: isTransposed, bias, activation: 'relu' }).dataSync();
            }) as never as Float32Array;
          const whole = product(most);
          for (const m of rows)
            expect(otherThan(whole.subarray(0, m * n), product(m)), `${m} × ${k} · ${k} × ${n}`).toEqual([]);
          tf.dispose([b, bias]);
        }
    },
  );

  it('so has a row of the gradient for the inputs of layers', async () => {
    const backend = await createCpuBackend({ kernels, threads: 2, poisonFreedMemory: true });
    onTestFinished(() => backend.dispose());
    const { ops } = backend;
    for (const { n, k } of sizes.slice(2)) {
      const layers = [
        {
          w: ops.tensor(numbers(k * n, 0.37), [k, n]),
          b: ops.tensor(numbers(n, 0.2), [n]),
          activation: 'relu' as const,
        },
        {
          w: ops.tensor(numbers(n * n, 0.53), [n, n]),
          b: ops.tensor(numbers(n, 0.3), [n]),
          activation: 'tanh' as const,
        },
      ];
      const gradient = (m: number): Float32Array => {
        const x = tf.variable(tf.tensor2d(numbers(most * k, 0.0073).subarray(0, m * k), [m, k]));
        const { grads } = ops.variableGrads(() => ops.sum(ops.mlp(x as never, layers as never)) as never, [x as never]);
        const found = (grads[x.name] as unknown as tf.Tensor).dataSync() as Float32Array;
        tf.dispose([x]);
        return found.slice();
      };
      const whole = gradient(most);
      for (const m of rows)
        expect(otherThan(whole.subarray(0, m * k), gradient(m)), `${m} rows of ${k}, ${n} wide`).toEqual([]);
    }
  });

  it('a column of a product has the same bits among few columns and among many', async () => {
    const backend = await createCpuBackend({ kernels, threads: 2, poisonFreedMemory: true });
    onTestFinished(() => backend.dispose());
    for (const [n, from, k] of [
      [192, 168, 512],
      [45, 40, 31],
      [70, 3, 257],
    ] as const)
      for (const m of [1, 3, 5, 64, 131, most]) {
        const [whole, part] = tf.tidy(() => {
          const [a, b] = [tf.tensor2d(numbers(m * k, 0.73), [m, k]), tf.tensor2d(numbers(k * n, 0.37), [k, n])];
          const bias = tf.tensor1d(numbers(n, 0.11));
          const all = tf.fused.matMul({ a, b, bias });
          const few = tf.fused.matMul({ a, b: tf.slice(b, [0, from], [k, -1]), bias: tf.slice(bias, from) });
          return [tf.slice(all, [0, from], [m, -1]).dataSync(), few.dataSync()];
        }) as never as [Float32Array, Float32Array];
        expect(otherThan(whole, part), `${m} × ${k} · ${k} × ${n}, from ${from}`).toEqual([]);
      }
  });
});
