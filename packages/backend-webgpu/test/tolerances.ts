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

/** Of layers with float16 operands from float64 that rounds as they do, relative to the largest: float32 sums, and then and
 * now a sum between layers that rounds to the other neighbour. */
export const halfTolerance = 1e-3;

/**
 * Between the loss curves of mixed-float16 and float32 over 200 updates, relative; measured: 2.5e-2, when the loss has come
 * down to a twelfth. The first updates are skipped, as the loss is scaled too much for float16.
 */
export const halfCurveTolerance = 5e-2;
