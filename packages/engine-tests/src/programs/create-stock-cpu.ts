import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import type { Tensor } from '@tensorflow/tfjs-core';

/** tfjs's own CPU engine in plain JavaScript: what the others are compared with. */
export const createStockCpu = (): Promise<Backend<Tensor>> =>
  createTfjsBackend({
    name: 'cpu',
    tfjsName: 'cpu',
    describe: () => ({ engine: version_cpu, device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }),
  });
