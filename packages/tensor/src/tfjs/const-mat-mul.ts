import {
  customGrad,
  type GradSaveFunc,
  getGradient,
  matMul,
  registerGradient,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { kernelNames } from '../kernel-names.ts';
import { TensorError } from '../tensor-error.ts';
import { hasKernel, runFused } from './fused-kernel.ts';
import { shapeOps } from './shape-ops.ts';

/** Product with a matrix that gets no gradient. */
export function constMatMul(x: Tensor, matrix: Tensor): Tensor {
  const [n, m] = matrix.shape;
  if (matrix.rank !== 2 || (x.rank !== 2 && x.rank !== 3) || x.shape.at(-1) !== n) {
    throw new TensorError(
      'tensor/shape',
      `constMatMul: expected x [rows, n] or [batch, rows, n] and matrix [n, m], got [${x.shape}] and [${matrix.shape}].`,
    );
  }
  const rows = shapeOps.reshape(x, [-1, n!]);
  const product = hasKernel(kernelNames.constMatMul)
    ? runFused(kernelNames.constMatMul, { x: rows, matrix }, { transposeMatrix: false })[0]!
    : composed(rows, matrix);
  return x.rank === 2 ? product : shapeOps.reshape(product, [...x.shape.slice(0, -1), m!]);
}

function composed(rows: Tensor, matrix: Tensor): Tensor {
  const withGradient = customGrad((...parameters) => {
    const [x, save] = parameters as unknown as [Tensor, GradSaveFunc];
    // Saved and not captured: a matrix made inside the loss is freed before the backward pass.
    save([matrix]);
    return {
      value: matMul(x, matrix),
      gradFunc: (dy: Tensor, saved: Tensor[]) => matMul(dy, saved[0]!, false, true),
    };
  });
  return withGradient(rows);
}

/** Gradient for x only: `matrix` is declared constant. */
export function registerConstMatMulGradient(): void {
  if (getGradient(kernelNames.constMatMul)) return;
  registerGradient({
    kernelName: kernelNames.constMatMul,
    inputsToSave: ['matrix'],
    gradFunc: (dy, saved) => ({
      x: () => runFused(kernelNames.constMatMul, { x: dy as Tensor, matrix: saved[0]! }, { transposeMatrix: true })[0]!,
    }),
  });
}
