import { kernelNames } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type KernelCall, requireFloat } from '../engine/kernel-call.ts';
import { withFloats } from '../engine/with-floats.ts';
import { multiply } from './multiply.ts';

/** x · matrix, or x · matrixᵀ for its gradient. */
export function constMatMulKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  requireFloat(kernelNames.constMatMul, inputs);
  const transposeB = attributes['transposeMatrix'] as boolean;
  return withFloats(backend, [inputs['x']!, inputs['matrix']!], ([a, b]) => {
    return multiply(backend, { a: a!, b: b!, transposeB })[0]!;
  });
}
