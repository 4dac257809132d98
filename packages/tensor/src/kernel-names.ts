import type { Activation } from './activation.ts';
import type { RandomKey } from './random/random-key.ts';

/**
 * Names under which an engine registers its fused kernels with tfjs-core (`registerKernel`). `@nt/tensor/tfjs` calls
 * a kernel when the active engine registered it and composes the operation from stock kernels when not.
 */
export const kernelNames = {
  /** inputs `{ x, w0, b0, w1, b1, … }`, attributes `MlpKernelAttributes` → [y] or [y, h1, h2, …], outputs of the layers before */
  mlp: 'NtMlp',
  /**
   * inputs `{ dy, y, x, h1, h2, …, w0, w1, … }`, attributes `MlpGradKernelAttributes` → [dw0, db0, dw1, db1, …] and, when it
   * is needed, dx
   */
  mlpGrad: 'NtMlpGrad',
  /**
   * inputs: `{ 0: tensor, 1: tensor, … }`, the rule's inputs in order, group by group; attributes
   * `ElementwiseKernelAttributes` → its outputs in order, group by group
   */
  elementwise: 'NtElementwise',
  /** inputs `{ x }` (`[batch, length, channels]`), attributes `{ kind: 'max' | 'avg', kernelSize }` → pooled */
  pool1d: 'NtPool1d',
  /** inputs `{ dy, x }` (both rank 3; avg reads only the shape of x), attributes as `NtPool1d` → dx */
  pool1dGrad: 'NtPool1dGrad',
  /** inputs `{ x, matrix }` (`[rows, n]`, `[n, m]`), attributes `{ transposeMatrix }` → x · matrix or x · matrixᵀ */
  constMatMul: 'NtConstMatMul',
  /** inputs `{ 0: tensor, 1: tensor, … }` → rank-0 norm */
  globalNorm: 'NtGlobalNorm',
  /** no inputs, attributes `RandomUniformKernelAttributes` → numbers of `philox`, as `uniformValues` makes them */
  randomUniform: 'NtRandomUniform',
} as const;

/** Attributes of the `NtMlp` kernel. */
export interface MlpKernelAttributes {
  /** Of each layer. */
  readonly activations: readonly Activation[];
  /** Whether the backward pass will ask for what the layers between put out. */
  readonly keepHidden: boolean;
}

/** Attributes of the `NtMlpGrad` kernel. */
export interface MlpGradKernelAttributes {
  readonly activations: readonly Activation[];
  readonly needsInputGradient: boolean;
}

/** Attributes of the `NtRandomUniform` kernel. */
export interface RandomUniformKernelAttributes {
  readonly shape: readonly number[];
  /** Both numbers are integers in [0, 2⁵³). */
  readonly key: RandomKey;
  /** Gives the key again, when a captured call is repeated. */
  readonly late?: (() => RandomKey) | undefined;
}

/** One of the fused kernels' names. */
export type KernelName = (typeof kernelNames)[keyof typeof kernelNames];
