import type { Backend, Tensor } from '@nt/tensor';
import { UsageError } from '../usage-error.ts';

/** Refuses an engine that would come to other bits. @throws UsageError */
export async function checkKernelSet(backend: Backend<Tensor>, wanted: string | undefined): Promise<void> {
  const { kernelSet } = await backend.describe();
  if (wanted === undefined || kernelSet === wanted) return;
  throw new UsageError(
    `this worker computes with the kernels '${kernelSet}', the job asks for '${wanted}': results would differ in their last bits. Run workers on processors like that of the client (nt doctor tells what each has), or all with NT_KERNELS=wasm.`,
  );
}
