import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { copyStrided } from './copy-strided.ts';

/** Transposes; undefined when there are too many axes that cannot be joined. */
export function permute(backend: NtCpuBackend, x: TensorInfo, permutation: readonly number[]): TensorInfo | undefined {
  const strides = util.computeStrides(x.shape).concat(1);
  const shape = permutation.map((axis) => x.shape[axis]!);
  return copyStrided(backend, x, {
    shape,
    start: 0,
    strides: permutation.map((axis) => strides[axis]!),
  });
}
