import type { KernelOverride } from '../engine/kernel-call.ts';
import { addNKernel } from './add-n-kernel.ts';
import { emptySumKernel } from './empty-sum-kernel.ts';
import { batchMatMulKernel, fusedMatMulKernel } from './mat-mul-kernels.ts';
import { maxPoolGradKernel } from './max-pool-grad-kernel.ts';
import { resizeBilinearGradKernel } from './resize-grad-kernel.ts';
import { cumprodKernel, cumsumKernel } from './scan-kernels.ts';
import { segmentSumKernel } from './segment-sum-kernel.ts';
import { softmaxKernel } from './softmax-kernel.ts';
import { unaryKernels } from './unary-kernels.ts';

/** tfjs's kernels that are wrong, or differ from run to run, and what replaces or refuses them. */
export const stockOverrides: Readonly<Record<string, KernelOverride>> = {
  ...unaryKernels,
  AddN: addNKernel,
  Sum: emptySumKernel,
  BatchMatMul: batchMatMulKernel,
  _FusedMatMul: fusedMatMulKernel,
  Cumsum: cumsumKernel,
  Cumprod: cumprodKernel,
  UnsortedSegmentSum: segmentSumKernel,
  Softmax: softmaxKernel,
  MaxPoolGrad: maxPoolGradKernel,
  ResizeBilinearGrad: resizeBilinearGradKernel,
};
