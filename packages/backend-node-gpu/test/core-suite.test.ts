import { expectCoreSuite, runCoreSuiteInNode } from '@nt/engine-tests/core-suite';
import { describe, it } from 'vitest';
import knownFailures from './core-suite/known-failures.json' with { type: 'json' };
import { builtPackage, needs } from './needs.ts';

/** Another Node to run it on, e.g. 24, where the package alone does not work. */
const node = process.env['NT_SUITE_NODE'];

describe.runIf(needs('addon'))('tfjs-core’s own suite on tfjs-node-gpu, on TensorFlow for CPUs', () => {
  it('passes, but for the known failures, exactly', { timeout: 600_000 }, async () => {
    const result = await runCoreSuiteInNode({
      entry: new URL('core-suite/node.ts', import.meta.url),
      parameters: [`${builtPackage}dist/index.js`, 'whole'],
      environment: { NODE_PATH: undefined, TF_CPP_MIN_LOG_LEVEL: '2' },
      node,
    });
    expectCoreSuite(result, 'tensorflow', knownFailures, 3900);
  });
});
