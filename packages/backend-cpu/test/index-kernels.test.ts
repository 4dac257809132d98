import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useEngine } from './engines.ts';

it('gather, segment sums, stack and unstack give what the stock engine gives', async () => {
  await useEngine({ threads: 2, poisonFreedMemory: true });
  const length = fc.integer({ min: 1, max: 6 });
  const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(length, length, length, fc.nat(2), picks, async (a, b, c, axis, chosen) => {
      const shape: [number, number, number] = [a, b, c];
      const values = Float32Array.from({ length: a * b * c }, (_, i) => i - 3);
      const program = (): tf.Tensor[] => {
        const x = tf.tensor3d(values, shape);
        const indices = tf.tensor1d(
          chosen.map((pick) => pick % shape[axis]!),
          'int32',
        );
        const rows = tf.gather(
          x,
          tf.tensor1d(
            chosen.map((pick) => pick % a),
            'int32',
          ),
        );
        const ids = tf.tensor1d(
          chosen.map((pick) => (pick % (a + 1)) - 1),
          'int32',
        );
        const stacked = tf.stack([x, tf.tensor3d(values.slice().reverse(), shape)], axis);
        return [
          tf.gather(x, indices, axis),
          tf.unsortedSegmentSum(rows, ids, a),
          stacked,
          ...tf.unstack(stacked, axis),
        ];
      };
      const results: number[][][] = [];
      for (const name of ['nt-cpu', 'cpu']) {
        await tf.setBackend(name);
        const tensors = tf.tidy(program);
        results.push(tensors.map((tensor) => [...tensor.shape, ...tensor.dataSync()]));
        tf.dispose(tensors);
      }
      expect(results[0]).toEqual(results[1]);
    }),
    { numRuns: 60 },
  );
});
