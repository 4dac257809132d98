import type { KernelTable } from '../engine/kernel-call.ts';
import { binaryKernels } from './binary-kernels.ts';
import { choiceKernels } from './choice-kernels.ts';
import { constantKernels } from './constant-kernels.ts';
import { convolutionKernels } from './convolution-kernels.ts';
import { depthwiseKernels } from './depthwise-kernels.ts';
import { einsumKernels } from './einsum-kernel.ts';
import { gatherKernels } from './gather-kernels.ts';
import { imagePoolKernels } from './image-pool-kernels.ts';
import { indexKernels } from './index-kernels.ts';
import { layoutKernels } from './layout-kernels.ts';
import { matMulKernels } from './mat-mul-kernels.ts';
import { normalizeKernels } from './normalize-kernels.ts';
import { reduceKernels } from './reduce-kernels.ts';
import { softmaxKernels } from './softmax-kernels.ts';
import { spaceBatchKernels } from './space-batch-kernels.ts';
import { unaryKernels } from './unary-kernels.ts';

/** The stock kernels that are replaced. */
export const hotKernels: KernelTable = {
  ...matMulKernels,
  ...unaryKernels,
  ...binaryKernels,
  ...choiceKernels,
  ...reduceKernels,
  ...softmaxKernels,
  ...layoutKernels,
  ...gatherKernels,
  ...convolutionKernels,
  ...imagePoolKernels,
  ...depthwiseKernels,
  ...constantKernels,
  ...normalizeKernels,
  ...indexKernels,
  ...einsumKernels,
  ...spaceBatchKernels,
};
