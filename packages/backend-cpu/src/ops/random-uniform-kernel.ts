import type { RandomUniformKernelAttributes } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';

/** The numbers of Philox under a key, made where they are needed: a mask of dropout has as many as a layer has outputs. */
export function randomUniformKernel({ backend, attributes }: KernelCall): TensorInfo {
  const { shape, key, late } = attributes as unknown as RandomUniformKernelAttributes;
  const out = backend.allocate(shape);
  const count = util.sizeFromShape(out.shape);
  if (count > 0) backend.kernels.random({ destination: backend.offsetOf(out), count, key, lateKey: late });
  return out;
}
