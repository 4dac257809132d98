/**
 * Between the loss curves of two engines over 50 updates, relative. Both compute in float32 and add in other orders;
 * measured on TensorFlow for CPUs: 3e-7. GPUs differ by more, so the promise is wider.
 */
export const curveTolerance = 1e-3;

/**
 * Between the loss curves of this engine and of `@nt/backend-cpu` over 200 updates, relative; measured on TensorFlow for
 * CPUs: 1.6e-6.
 */
export const engineCurveTolerance = 1e-4;

/**
 * Between two runs with one seed over 200 updates, relative. Measured on TensorFlow for CPUs: none, the same bits; a GPU may
 * take sums in any order, which nobody has measured.
 */
export const repeatTolerance = 1e-5;
