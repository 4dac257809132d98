/**
 * Between the loss curves of two engines over 50 updates, relative. Both compute in float32 and add in other orders;
 * measured on SwiftShader: 4e-7. Real GPUs contract a·b + c and approximate divisions, so the promise is wider.
 */
export const curveTolerance = 1e-3;
