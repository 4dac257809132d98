import type { RandomKey } from './random/random-key.ts';
import type { ElementwiseOptions, ElementwiseRule } from './rules/elementwise-rule.ts';
import type { Tensor, TensorDtype, TensorValues } from './tensor.ts';

/**
 * What an optimizer may ask of an engine. Members keep tfjs-core's names, argument order and broadcasting rules, so
 * that tfjs-core satisfies them almost unadapted; `T` is the engine's tensor type, so mixing two engines does not
 * compile. Every result is a new tensor: inside `tidy` it is freed at the end of the tidy, outside it is the caller's.
 *
 * None of these reads values back from the device.
 */
export interface TensorOps<T extends Tensor> {
  /** Copies host values (row-major) to the engine. @throws TensorError `tensor/shape` when lengths disagree. */
  tensor(values: TensorValues, shape: readonly number[], dtype?: TensorDtype): T;
  /** Zeros of `shape`, dtype `float`. */
  zeros(shape: readonly number[]): T;

  /** a + b, broadcasting. */
  add(a: T, b: T): T;
  /** a − b, broadcasting. */
  sub(a: T, b: T): T;
  /** a × b, broadcasting. */
  mul(a: T, b: T): T;
  /** a ÷ b, broadcasting. */
  div(a: T, b: T): T;
  /** Larger of a and b, broadcasting; NaN when either is NaN. Gradient of a tie goes to `a`, as in tfjs. */
  maximum(a: T, b: T): T;
  /** Smaller of a and b, broadcasting; NaN when either is NaN. Gradient of a tie goes to `a`, as in tfjs. */
  minimum(a: T, b: T): T;
  /** |x|; gradient 0 at 0. */
  abs(x: T): T;
  /** √x. */
  sqrt(x: T): T;

  /** Sum over `axis` (negative counts from the end; default all axes, giving a scalar). */
  sum(x: T, axis?: number | readonly number[], keepDims?: boolean): T;
  /** The same values in another shape of the same size. */
  reshape(x: T, shape: readonly number[]): T;
  /** Matrix product of rank-2 tensors, or of equal batches in rank 3. */
  matMul(a: T, b: T, transposeA?: boolean, transposeB?: boolean): T;

  /**
   * Uniform float numbers in [0, 1), each `k · 2⁻²⁴` with `k` from Philox4x32-10 under `key`: the same on every engine.
   * Differs from `tf.randomUniform`, whose numbers depend on the engine and have no key. A key that changes from call to
   * call is given by a function, so that a captured call can ask for it again.
   */
  randomUniform(shape: readonly number[], key: RandomKey | (() => RandomKey)): T;

  /**
   * Evaluates `rule` for each element of the named inputs (all of one shape), in one pass where the engine can.
   * A scalar is a number or a rank-0 tensor, which stays on the device. Not differentiable.
   *
   * @param options.donate inputs whose memory the engine may reuse for outputs. Their values are undefined afterwards
   *   (the reference fills them with NaN); they stay the caller's to dispose. A donated variable must be assigned again.
   * @throws TensorError `tensor/shape` for inputs of different shapes, `tensor/rule` for missing or unknown names
   */
  elementwise<Input extends string, Scalar extends string, Output extends string>(
    rule: ElementwiseRule<Input, Scalar, Output>,
    inputs: Readonly<Record<Input, T>>,
    scalars: Readonly<Record<Scalar, number | T>>,
    options?: ElementwiseOptions<Input>,
  ): Record<Output, T>;
  /**
   * `elementwise` with one rule and the same scalars for several groups of inputs, whose shapes may differ from group to
   * group: an optimizer's update of all weights, as one kernel where the engine can.
   *
   * @returns the outputs of each group
   */
  elementwiseEach<Input extends string, Scalar extends string, Output extends string>(
    rule: ElementwiseRule<Input, Scalar, Output>,
    groups: readonly Readonly<Record<Input, T>>[],
    scalars: Readonly<Record<Scalar, number | T>>,
    options?: ElementwiseOptions<Input>,
  ): Record<Output, T>[];
  /** √(Σ over all tensors of Σ x²) as a rank-0 tensor; 0 for none. Not differentiable. */
  globalNorm(tensors: readonly T[]): T;

  /**
   * `data()` into memory that the caller has, so that large states are written without an array for each. Absent where an
   * engine can do no better than `data()`.
   *
   * @param into as many values as `x` has, which is float32
   */
  readInto?(x: T, into: Float32Array): Promise<void>;

  /**
   * Runs `f` and frees every tensor made in it but those it returns (also inside arrays and plain objects) or keeps. What a
   * gradient needs of them, where `variableGrads` is running, stays until it has been computed.
   */
  tidy<Result>(f: () => Result): Result;
  /** Takes `x` out of the reach of every `tidy` around; the caller must dispose it. */
  keep(x: T): T;
  /** Frees one tensor or several. */
  dispose(x: T | readonly T[]): void;
}
