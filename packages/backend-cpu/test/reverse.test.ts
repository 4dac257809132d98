import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadable, useEngine } from './engines.ts';

describe.each(loadable)('%s', (kernels) => {
  it('reverse along any axes gives what the stock engine gives', async () => {
    await useEngine({ kernels, threads: kernels === 'js' ? 1 : 2, poisonFreedMemory: true });
    const axis = fc.nat(12);
    await fc.assert(
      fc.asyncProperty(fc.array(axis, { maxLength: 4 }), fc.array(fc.boolean()), async (shape, flags) => {
        const size = shape.reduce((a, b) => a * b, 1);
        const axes = shape.flatMap((_, i) => (flags[i] ? [i - (i % 2) * shape.length] : []));
        const results: number[][] = [];
        for (const name of ['nt-cpu', 'cpu']) {
          await tf.setBackend(name);
          for (const dtype of ['float32', 'int32'] as const) {
            const y = tf.tidy(() =>
              tf.reverse(
                tf.tensor(
                  Array.from({ length: size }, (_, i) => i),
                  shape,
                  dtype,
                ),
                axes,
              ),
            );
            results.push([...y.shape, ...y.dataSync()]);
            y.dispose();
          }
        }
        expect(results.slice(0, 2)).toEqual(results.slice(2));
      }),
      { numRuns: 20 },
    );
  });
});
