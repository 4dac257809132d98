import { kernelNames } from '@nt/tensor';
import type { Kernel } from '../engine/kernel-call.ts';
import { constMatMulKernel } from './const-mat-mul-kernel.ts';
import { elementwiseKernel } from './elementwise-kernel.ts';
import { globalNormKernel } from './global-norm-kernel.ts';
import { mlpGradKernel, mlpKernel } from './mlp-kernels.ts';
import { pool1dGradKernel, pool1dKernel } from './pool-kernels.ts';
import { randomUniformKernel } from './random-uniform-kernel.ts';

/** The fused kernels of `@nt/tensor`. */
export const fusedKernels: Readonly<Record<string, Kernel>> = {
  [kernelNames.mlp]: mlpKernel,
  [kernelNames.mlpGrad]: mlpGradKernel,
  [kernelNames.elementwise]: elementwiseKernel,
  [kernelNames.pool1d]: pool1dKernel,
  [kernelNames.pool1dGrad]: pool1dGradKernel,
  [kernelNames.constMatMul]: constMatMulKernel,
  [kernelNames.globalNorm]: globalNormKernel,
  [kernelNames.randomUniform]: randomUniformKernel,
};
