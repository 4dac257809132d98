import { kernelNames } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import { requireFloat } from '../engine/require-float.ts';

/** √(Σ x²) over all tensors; the order of the sum depends on the shapes alone. */
export function globalNormKernel({ backend, inputs }: KernelCall): TensorInfo {
  requireFloat(backend, kernelNames.globalNorm, inputs);
  const tensors = Object.values(inputs);
  const blocks = tensors.map((tensor) => ({
    offset: backend.offsetOf(tensor),
    count: util.sizeFromShape(tensor.shape),
  }));
  const norm = Math.sqrt(backend.kernels.sumOfSquares(blocks));
  return backend.makeTensorInfo([], 'float32', Float32Array.of(norm));
}
