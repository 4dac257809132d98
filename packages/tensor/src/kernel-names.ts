/**
 * Names under which an engine registers its fused kernels with tfjs-core (`registerKernel`). `@nt/tensor/tfjs` calls
 * a kernel when the active engine registered it and composes the operation from stock kernels when not.
 */
export const kernelNames = {
  /** inputs `{ x, w, b }`, attributes `{ activation }` → y */
  dense: 'NtDense',
  /** inputs `{ dy, x, w, y }`, attributes `{ activation, needsInputGradient }` → [dw, db] or [dw, db, dx] */
  denseGrad: 'NtDenseGrad',
  /** inputs: the rule's inputs by name, attributes `ElementwiseKernelAttributes` → the rule's outputs in order */
  elementwise: 'NtElementwise',
  /** inputs `{ x }` (`[batch, length, channels]`), attributes `{ kind: 'max' | 'avg', kernelSize }` → pooled */
  pool1d: 'NtPool1d',
  /** inputs `{ dy, x }` (both rank 3; avg reads only the shape of x), attributes as `NtPool1d` → dx */
  pool1dGrad: 'NtPool1dGrad',
  /** inputs `{ x, matrix }` (`[rows, n]`, `[n, m]`), attributes `{ transposeMatrix }` → x · matrix or x · matrixᵀ */
  constMatMul: 'NtConstMatMul',
  /** inputs `{ 0: tensor, 1: tensor, … }` → rank-0 norm */
  globalNorm: 'NtGlobalNorm',
} as const;

/** One of the fused kernels' names. */
export type KernelName = (typeof kernelNames)[keyof typeof kernelNames];
