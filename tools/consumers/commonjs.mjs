import { deepEqual } from 'node:assert/strict';

/**
 * An older project that still calls `require`.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const commonjs = {
  name: 'commonjs',
  packages: ['@nt/optim'],
  files: {
    'main.cjs': `
      const { adamw } = require('@nt/optim');
      console.log(JSON.stringify({ adamw: typeof adamw, chain: typeof adamw({ weightDecay: 0 }) }));
    `,
  },
  use({ run }) {
    deepEqual(JSON.parse(run('node', 'main.cjs')), { adamw: 'function', chain: 'object' });
  },
};
