import type { Backend, Tensor } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import '@tensorflow/tfjs-backend-cpu';

/** The stock tfjs engine in plain JavaScript: float32, with a tape. Dispose it before the next is made. */
export async function stockBackend(): Promise<Backend<Tensor>> {
  return (await createTfjsBackend({
    name: 'cpu',
    tfjsName: 'cpu',
    describe: () => ({ engine: 'tfjs', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }),
  })) as unknown as Backend<Tensor>;
}
