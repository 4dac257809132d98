import { TensorError } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { allFloat } from './kernel-call.ts';
import type { NtCpuBackend } from './nt-cpu-backend.ts';

/** @throws TensorError `tensor/option` unless every tensor is float32, the only type the fused kernels compute in */
export function requireFloat(
  backend: NtCpuBackend,
  kernel: string,
  tensors: Readonly<Record<string, TensorInfo>>,
): void {
  for (const [name, tensor] of Object.entries(tensors)) {
    if (allFloat(backend, tensor)) continue;
    throw new TensorError(
      'tensor/option',
      `${kernel}: expected '${name}' to be float32, got ${tensor.dtype}. Cast it first.`,
      {
        kernel,
        name,
        dtype: tensor.dtype,
      },
    );
  }
}
