import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';

/** A float tensor of zeros in the heap. */
export function zeros(backend: NtCpuBackend, shape: readonly number[]): TensorInfo {
  const out = backend.allocate(shape);
  const count = util.sizeFromShape(out.shape);
  if (count > 0) backend.kernels.fill({ destination: backend.offsetOf(out), count, bits: 0 });
  return out;
}
