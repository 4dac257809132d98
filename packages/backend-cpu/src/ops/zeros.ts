import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';

/** A float tensor of zeros in the heap. */
export function zeros(backend: NtCpuBackend, shape: readonly number[]): TensorInfo {
  const out = backend.allocate(shape);
  const start = backend.offsetOf(out) / 4;
  backend.heap.words.fill(0, start, start + util.sizeFromShape(out.shape));
  return out;
}
