import type { NetworkOps, Tensor } from '@nt/tensor';
import type { Loss } from './loss.ts';
import { outputsOf } from './outputs-of.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/** Below this a square is taken as zero: its root has no finite gradient there. */
const leastSquare = 1e-24;

/** Target minus prediction, `[batch, horizon]`. */
export function errorOf<T extends Tensor>(ops: NetworkOps<T>, loss: string, prediction: T, target: T): T {
  return ops.sub(target, outputsOf(ops, loss, prediction, target, 1)[0]!);
}

/**
 * Mean absolute error, in the target's unit. Golden: losses.json `MAE`.
 *
 *     mean |y − ŷ|
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { mae } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = mae(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.0000
 * ```
 */
export const mae: Loss = (ops, prediction, target, where) =>
  weightedMean(ops, ops.abs(errorOf(ops, 'mae', prediction, target)), where);

/**
 * Mean squared error, in the target's unit squared. Golden: losses.json `MSE`.
 *
 *     mean (y − ŷ)²
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { mse } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = mse(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.6667
 * ```
 */
export const mse: Loss = (ops, prediction, target, where) => {
  const error = errorOf(ops, 'mse', prediction, target);
  return weightedMean(ops, ops.mul(error, error), where);
};

/**
 * ½ (mean absolute error + mean squared error): as steady as the first where errors are large, as smooth as the second
 * where they are small, for targets scaled to a deviation near 1. Golden: losses.json `MAE`, `MSE`.
 *
 *     ½ mean |y − ŷ| + ½ mean (y − ŷ)²
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { maeMse } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = maeMse(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.3333
 * ```
 */
export const maeMse: Loss = (ops, prediction, target, where) => {
  const error = errorOf(ops, 'maeMse', prediction, target);
  const both = ops.add(ops.abs(error), ops.mul(error, error));
  return weightedMean(ops, ops.mul(both, scalar(ops, 0.5)), where);
};

/**
 * Root of the mean squared error; its gradient is 0 where the error is. Golden: losses.json `RMSE`.
 *
 *     √ mean (y − ŷ)²
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { rmse } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = rmse(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.2910
 * ```
 */
export const rmse: Loss = (ops, prediction, target, where) =>
  ops.sqrt(ops.maximum(mse(ops, prediction, target, where), scalar(ops, leastSquare)));

/**
 * Mean absolute error relative to |target|; a target of 0 counts as no error. Golden: losses.json `MAPE`.
 *
 *     mean |y − ŷ| / |y|
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { mape } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = mape(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.3333
 * ```
 */
export const mape: Loss = (ops, prediction, target, where) => {
  const error = ops.abs(errorOf(ops, 'mape', prediction, target));
  return weightedMean(ops, ratio(ops, error, ops.abs(target)), where);
};

/**
 * Mean absolute error relative to both, between 0 and 2; 0 where both are 0. Golden: losses.json `SMAPE`.
 *
 *     mean 2|y − ŷ| / (|y| + |ŷ|)
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { smape } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = smape(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.3556
 * ```
 */
export const smape: Loss = (ops, prediction, target, where) => {
  const [point] = outputsOf(ops, 'smape', prediction, target, 1) as [typeof target];
  const error = ops.abs(ops.sub(target, point));
  const ratios = ratio(ops, error, ops.add(ops.abs(target), ops.abs(point)));
  return weightedMean(ops, ops.mul(ratios, scalar(ops, 2)), where);
};

/** a ÷ b for b ≥ 0, and 0 where b is 0, with a finite gradient there. */
export function ratio<T extends Tensor>(ops: NetworkOps<T>, a: T, b: T): T {
  return ops.div(ops.mul(a, b), ops.maximum(ops.mul(b, b), scalar(ops, leastSquare)));
}
