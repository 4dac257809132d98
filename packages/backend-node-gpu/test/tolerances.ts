/**
 * Between the loss curves of two engines over 50 updates, relative. Both compute in float32 and add in other orders;
 * measured on TensorFlow for CPUs: 3e-7. GPUs differ by more, so the promise is wider.
 */
export const curveTolerance = 1e-3;
