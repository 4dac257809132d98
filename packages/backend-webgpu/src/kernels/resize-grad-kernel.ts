import { TensorError } from '@nt/tensor';
import type { KernelOverride } from '../engine/kernel-call.ts';

/** tfjs's gradient of `resizeBilinear` ignores `halfPixelCenters`: wrong numbers are refused. */
export const resizeBilinearGradKernel: KernelOverride = ({ attributes }) => {
  if (attributes['halfPixelCenters'] !== true) return undefined;
  throw new TensorError(
    'tensor/option',
    "Backend 'webgpu': the gradient of resizeBilinear with halfPixelCenters is wrong in tfjs-backend-webgpu. Resize without halfPixelCenters, or train on another backend.",
    { kernel: 'ResizeBilinearGrad' },
  );
};
