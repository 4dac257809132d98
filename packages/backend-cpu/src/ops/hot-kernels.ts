import type { KernelTable } from '../engine/kernel-call.ts';
import { binaryKernels } from './binary-kernels.ts';
import { choiceKernels } from './choice-kernels.ts';
import { convolutionKernels } from './convolution-kernels.ts';
import { gatherKernels } from './gather-kernels.ts';
import { imagePoolKernels } from './image-pool-kernels.ts';
import { layoutKernels } from './layout-kernels.ts';
import { matMulKernels } from './mat-mul-kernels.ts';
import { reduceKernels } from './reduce-kernels.ts';
import { softmaxKernels } from './softmax-kernels.ts';
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
};
