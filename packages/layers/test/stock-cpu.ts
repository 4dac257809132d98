import '@tensorflow/tfjs-backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';

/** tfjs's own CPU engine, which computes in float32, without its types. */
export async function stockCpu(): Promise<Backend<Tensor>> {
  const describe = () =>
    ({ engine: 'tfjs-backend-cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }) as const;
  return (await createTfjsBackend({ name: 'cpu', tfjsName: 'cpu', describe })) as unknown as Backend<Tensor>;
}
