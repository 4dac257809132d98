import { deepEqual } from 'node:assert/strict';

/**
 * Plain Node with `@nt/optim` alone: no tfjs anywhere.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const nodeEsm = {
  name: 'node-esm',
  packages: ['@nt/optim'],
  files: {
    'main.js': `
      import { adamw, OptimError } from '@nt/optim';
      const chain = adamw({ learningRate: 0.1 });
      let code;
      try { adamw({ learningRat: 0.1 }); } catch (error) { code = OptimError.isInstance(error) && error.code; }
      const hasTfjs = await import('@tensorflow/tfjs-core').then(() => true, () => false);
      console.log(JSON.stringify({ chain: typeof chain, code, hasTfjs }));
    `,
  },
  use({ run }) {
    deepEqual(JSON.parse(run('node', 'main.js')), { chain: 'object', code: 'optim/unknown-option', hasTfjs: false });
  },
};
