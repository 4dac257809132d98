import '@tensorflow/tfjs-layers'; // registers gradients
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadable, useEngine } from './engines.ts';
import { stockPrograms } from './stock-programs.ts';
import { sumTolerance } from './tolerances.ts';

const size = fc.integer({ min: 1, max: 7 });

// Without NT_LONG the fastest of each kind.
const fastest = [loadable[0]!, loadable.find((name) => name.startsWith('wasm'))!, 'js' as const];
const sets = process.env['NT_LONG'] === '1' ? loadable : [...new Set(fastest)];

describe.each(sets)('kernels in place of stock ones: %s', (kernels) => {
  it.each(Object.entries(stockPrograms))('%s', { timeout: 60_000 }, async (_, program) => {
    await useEngine({ threads: 2, kernels, poisonFreedMemory: true });
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), async (a, b, c, special) => {
        const results: number[][][] = [];
        for (const backend of ['nt-cpu', 'cpu']) {
          await tf.setBackend(backend);
          const tensors = tf.tidy(() => program(...operands([a, b, c], special)));
          results.push(tensors.map((tensor) => [...tensor.shape, ...(tensor.dataSync() as Float32Array)]));
          tf.dispose(tensors);
        }
        results[0]!.forEach((values, i) => {
          expectClose(values, results[1]![i]!);
        });
      }),
      { numRuns: 12 },
    );
  });
});

/** Enough elements that some lie beyond what is left to the stock engine. */
function operands([a, b, c]: [number, number, number], special: boolean): [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D] {
  const shape: [number, number, number] = [a * 3, b, c * 4];
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + a) * 2);
  if (special) values.set([Number.NaN, Number.POSITIVE_INFINITY].slice(0, values.length), values.length >> 1);
  const numbers = Int32Array.from(values, (_, i) => ((i * 7919) % 23) - 11);
  return [
    tf.tensor3d(values, shape),
    tf.tensor3d(numbers, shape, 'int32'),
    tf.tensor3d(
      Uint8Array.from(numbers, (n) => (n > 0 ? 1 : 0)),
      shape,
      'bool',
    ),
  ];
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    const other = expected[i]!;
    if (Object.is(value, other) || value === other) return;
    const allowed = 64 * sumTolerance * Math.max(1, Math.abs(other));
    if (!(Math.abs(value - other) <= allowed)) expect([i, value]).toEqual([i, other]);
  });
}
