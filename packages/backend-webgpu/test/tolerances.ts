import type { KernelTolerance } from './compare-kernels.ts';

/**
 * Between the loss curves of two engines over 50 updates, relative. Both compute in float32 and add in other orders;
 * measured on SwiftShader: 4e-7. Real GPUs contract a·b + c and approximate divisions, so the promise is wider.
 */
export const curveTolerance = 1e-3;

/** Of single kernels from float64: rounding of sums of up to 5,000 terms of order 1, and of functions to a few units. */
export const kernelTolerance: KernelTolerance = { relative: 5e-6, absolute: 5e-6 };

/** Between the loss curves of this engine and of `@nt/backend-cpu` over 200 updates, relative; measured on SwiftShader: 2e-6. */
export const engineCurveTolerance = 1e-4;
