import type { NetworkOps, Tensor } from '@nt/tensor';

/** Which points count, and how much: both `[batch, horizon]`. */
export interface LossWhere<T extends Tensor> {
  /** 1 = counts, 0 = does not. Values at masked points must still be finite numbers. */
  readonly mask?: T | undefined;
  /** How much a point counts, ≥ 0. */
  readonly weights?: T | undefined;
}

/**
 * A training loss: the mean over the points that count, as a rank-0 tensor with a gradient for `prediction`.
 *
 * @param prediction `[batch, horizon, outputs]`; point losses want one output
 * @param target `[batch, horizon]`
 */
export type Loss = <T extends Tensor>(ops: NetworkOps<T>, prediction: T, target: T, where?: LossWhere<T>) => T;
