// The bundle that runs tfjs-core's own published test suite on our engine; built by bundle-suite.ts.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { env, getBackend } from '@tensorflow/tfjs-core';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { registerCpuEngine } from '../../src/index.ts';

export { getBackend };

/** Registers the engine and defines every spec; jasmine's globals must exist. */
export function defineSpecs(options) {
  registerCpuEngine(options);
  const flags = {};
  setTestEnvs([{ name: 'nt-cpu', backendName: 'nt-cpu', flags, isDataSync: true }]);
  env().set('IS_TEST', true);
  require('@tensorflow/tfjs-core/dist/tests');
}
