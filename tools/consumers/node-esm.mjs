import { deepEqual } from 'node:assert/strict';

/**
 * Plain Node with `@nt/optim` alone: no tfjs anywhere; the engine is the reference that came with `@nt/tensor`.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const nodeEsm = {
  name: 'node-esm',
  packages: ['@nt/optim'],
  files: {
    'main.js': `
      import { adamw, createOptimizer, OptimError } from '@nt/optim';
      import { createReferenceBackend } from '@nt/tensor/reference';
      const { ops } = createReferenceBackend();
      const x = ops.variable(ops.tensor([10], [1]), { name: 'x' });
      const optimizer = createOptimizer({ ops, parameters: { x }, transform: adamw({ learningRate: 0.1, weightDecay: 0 }) });
      for (let update = 0; update < 500; update++) {
        const [value] = await x.data();
        optimizer.apply({ x: ops.tensor([2 * (value - 3)], [1]) }); // of (x - 3)²
      }
      const found = Math.round((await x.data())[0] * 100) / 100;
      let code;
      try { adamw({ learningRat: 0.1 }); } catch (error) { code = OptimError.isInstance(error) && error.code; }
      const hasTfjs = await import('@tensorflow/tfjs-core').then(() => true, () => false);
      console.log(JSON.stringify({ found, code, hasTfjs }));
    `,
  },
  use({ run }) {
    deepEqual(JSON.parse(run('node', 'main.js')), { found: 3, code: 'optim/unknown-option', hasTfjs: false });
  },
};
