import { register } from 'node:module';
import { TensorError } from '@nt/tensor';
import { engine, getKernelsForBackend } from '@tensorflow/tfjs-core';
import { createWebgpuBackend, type WebgpuBackendOptions } from '../../src/index.ts';

// Node without the optional peer, or with one whose native part asks for a newer libstdc++ (webgpu 0.6.1 on Debian 12).
const hidden = process.env['NT_HIDE_PEER'];
if (hidden) {
  const hooks = `
    export async function resolve(specifier, context, next) {
      if (specifier !== 'webgpu') return next(specifier, context);
      if ('${hidden}' === 'missing') return next('webgpu', { ...context, parentURL: 'file:///nowhere/else.js' });
      return { url: 'data:text/javascript,throw Object.assign(new Error("libstdc++.so.6: version GLIBCXX_3.4.32 not found"), { code: "ERR_DLOPEN_FAILED" })', shortCircuit: true };
    }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

const loadedAtImport = getKernelsForBackend('webgpu').length > 0 || 'GPUBuffer' in globalThis;
const options = JSON.parse(process.argv[2] ?? '{}') as WebgpuBackendOptions;
const refusal = await createWebgpuBackend(options).then(
  () => ({ message: 'nothing was refused' }),
  (error: unknown) => {
    if (!TensorError.isInstance(error)) throw error;
    return { code: error.code, reason: error.details['reason'], message: error.message };
  },
);
const navigatorGpu = 'gpu' in ((globalThis as { navigator?: object }).navigator ?? {});
console.log(
  JSON.stringify({ ...refusal, loadedAtImport, navigatorGpu, backends: Object.keys(engine().registryFactory) }),
);
