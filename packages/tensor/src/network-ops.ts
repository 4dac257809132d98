import type { Activation } from './activation.ts';
import type { Tensor, Variable } from './tensor.ts';
import type { TensorOps } from './tensor-ops.ts';

/** The value of a function of variables, and its gradient for each variable by name. */
export interface ValueAndGradients<T extends Tensor> {
  /** Rank-0. */
  readonly value: T;
  readonly grads: Readonly<Record<string, T>>;
}

/** Where a 1-D pool looks: windows of `kernelSize` next to each other (stride = kernel size), the last may be partial. */
export interface Pool1dOptions {
  /** Time steps in a window, an integer ≥ 1. */
  readonly kernelSize: number;
}

/** One layer of `mlp`, as the arguments of `dense`. */
export interface DenseLayer<T extends Tensor> {
  /** `[inputs, outputs]` */
  readonly w: T;
  /** `[outputs]` */
  readonly b: T;
  readonly activation: Activation;
}

/**
 * What a model and its loss may ask of an engine: everything of `TensorOps`, and differentiable network operations.
 * Everything here but `elementwise`, `globalNorm` and `randomUniform` has a gradient.
 */
export interface NetworkOps<T extends Tensor> extends TensorOps<T> {
  /**
   * A tensor of the caller's own array (row-major), which engines need not copy: it must not change while the tensor, or
   * one that shares its values, is in use. For batches, which live as long as an update or a forecast.
   *
   * @throws TensorError `tensor/shape` when lengths disagree
   */
  borrow(values: Float32Array, shape: readonly number[]): T;
  /** eˣ. */
  exp(x: T): T;
  /** Natural logarithm. */
  log(x: T): T;
  /** log(1 + eˣ), without overflow. */
  softplus(x: T): T;
  /** Joins along `axis`; all other axes equal. */
  concat(tensors: readonly T[], axis: number): T;
  /** The block of `size` that begins at `begin`. */
  slice(x: T, begin: readonly number[], size: readonly number[]): T;
  /** The same values in opposite order along `axis`. */
  reverse(x: T, axis: number): T;
  /** Reorders axes; default reverses them. */
  transpose(x: T, permutation?: readonly number[]): T;

  /**
   * `activation(x · w + b)` with its own gradient, fused both ways where the engine can (`NtMlp`, `NtMlpGrad`).
   *
   * @param x `[batch, inputs]`
   * @param w `[inputs, outputs]` (PyTorch's `Linear.weight` is the transpose)
   * @param b `[outputs]`
   * @returns `[batch, outputs]`
   */
  dense(x: T, w: T, b: T, activation: Activation): T;
  /**
   * `dense` layers one after the other (a multilayer perceptron), as one kernel each way where the engine can. Where
   * gradients are asked for, such an engine may compute a first layer without activation and the next as one, from the
   * product of their weights: sums then round in another order.
   *
   * @param x `[batch, inputs]`
   * @param layers at least one; the outputs of a layer are the inputs of the next
   * @returns `[batch, outputs of the last layer]`
   */
  mlp(x: T, layers: readonly DenseLayer<T>[]): T;
  /**
   * Largest value of each window, ceil mode: a last, partial window is pooled over what there is.
   * The gradient of a tie goes to the first maximum, as in PyTorch (tfjs engines disagree with each other there).
   *
   * @param x `[batch, length]` or `[batch, length, channels]`
   * @returns the same rank, `length` becomes `⌈length / kernelSize⌉`
   */
  maxPool1d(x: T, options: Pool1dOptions): T;
  /** Mean of each window, ceil mode; a partial window divides by its own length, as PyTorch. Shapes as `maxPool1d`. */
  avgPool1d(x: T, options: Pool1dOptions): T;
  /**
   * Product with a constant matrix (interpolation, Fourier basis): no gradient for `matrix` is computed.
   *
   * @param x `[rows, n]` or `[batch, rows, n]`
   * @param matrix `[n, m]`
   * @returns `[rows, m]` or `[batch, rows, m]`
   */
  constMatMul(x: T, matrix: T): T;
  /** log Γ(x) for x > 0; gradient digamma. */
  logGamma(x: T): T;
  /**
   * Wraps `f` so that its intermediate results are recomputed in the backward pass and not kept (gradient
   * checkpointing). `f` must be pure; every tensor that needs a gradient must be an argument, not a captured variable,
   * and what it captures must live until the backward pass (a constant made inside the loss does not: pass it too).
   */
  recompute(f: (...inputs: T[]) => T): (...inputs: T[]) => T;

  /** A new variable with a copy of `initial`. @throws TensorError `tensor/name` when the name is taken */
  variable(initial: T, options: { readonly name: string }): Variable<T>;
  /** Value and gradients of `f`, a scalar function, for `variables`. A variable that `f` does not use gets zeros. */
  variableGrads(f: () => T, variables: readonly Variable<T>[]): ValueAndGradients<T>;
}
