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
  // In a recording the norm has a place of its own, where every repetition writes it.
  const out = backend.recordings.recorder && backend.allocate([]);
  const place = out && backend.offsetOf(out);
  const values = new Float32Array(1);
  backend.kernels.sumOfSquares(blocks, (sum) => {
    values[0] = Math.sqrt(sum);
    if (place !== undefined) backend.heap.write(place, values);
  });
  if (!out) return backend.makeTensorInfo([], 'float32', values);
  backend.markQuick([out]);
  return out;
}
