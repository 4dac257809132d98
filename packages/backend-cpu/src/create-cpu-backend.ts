import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The CPU engine, active and ready. Loads nothing before it is called.
 *
 * @throws TensorError `tensor/backend-active` while another tfjs backend has not been disposed
 */
export async function createCpuBackend(): Promise<Backend<Tensor>> {
  const { MathBackendCPU, version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
  // On its first write in Node the stock engine prints an advertisement for tfjs-node; users did not ask for one.
  const engine = findBackend('cpu');
  if (engine instanceof MathBackendCPU) Object.assign(engine, { firstUse: false });
  return createTfjsBackend({
    name: 'cpu',
    tfjsName: 'cpu',
    describe: () => ({
      engine: `@tensorflow/tfjs-backend-cpu ${version_cpu}`,
      device: 'cpu',
      threads: 1,
      kernelSet: 'js',
      floatWidth: 32,
      limitations: ['Plain JavaScript on one thread: about 0.4 GFLOP/s.'],
    }),
  });
}
