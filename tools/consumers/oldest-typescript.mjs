/**
 * A project on the oldest TypeScript that our types are for, which also checks the types that it installs. Packages whose
 * types name tfjs's are not among them: those do not pass that check themselves.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const oldestTypescript = {
  name: 'oldest-typescript',
  packages: ['@nt/optim', '@nt/safetensors', '@nt/schedulers', '@nt/tensorboard'],
  dependencies: { typescript: '5.4.5' },
  files: {
    'main.ts': `
      import { adamw } from '@nt/optim';
      import { serialize } from '@nt/safetensors';
      import { cosine } from '@nt/schedulers';
      import { createMemorySink } from '@nt/tensorboard';
      export const rule = adamw({ learningRate: cosine({ learningRate: 1e-3, tMax: 100 }) });
      export const weights: Uint8Array = serialize({ w: { shape: [1], dtype: 'float32', data: new Float32Array(1) } });
      export const events: Uint8Array = createMemorySink().bytes();
    `,
  },
  use({ run, bin }) {
    const resolutions = { node16: 'node16', esnext: 'bundler' };
    for (const [module, moduleResolution] of Object.entries(resolutions)) {
      const modules = ['--module', module, '--moduleResolution', moduleResolution];
      const strict = ['--strict', '--exactOptionalPropertyTypes', '--isolatedModules', '--skipLibCheck', 'false'];
      run(bin('tsc'), '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom', ...modules, ...strict, 'main.ts');
    }
  },
};
