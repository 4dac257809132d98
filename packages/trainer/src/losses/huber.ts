import { checkOptions } from '../options/check-options.ts';
import { aboveZero } from '../options/expectations.ts';
import type { Loss } from './loss.ts';
import { errorOf } from './point-losses.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/** Options of `huber`. */
export interface HuberOptions {
  /** Error beyond which the loss grows linearly, in the target's unit; default 1. */
  readonly delta?: number | undefined;
}

/**
 * Squared for small errors, absolute for large ones.
 *
 *     mean of  ½e²  for |e| ≤ δ,  else δ(|e| − ½δ),  e = y − ŷ
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`
 * Source: torch.nn.HuberLoss. Golden: losses.json `HuberLoss`.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { huber } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = huber({ delta: 1 })(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.6667
 * ```
 */
export function huber(options: HuberOptions = {}): Loss {
  checkOptions('huber', options, { delta: aboveZero });
  const { delta = 1 } = options;
  return (ops, prediction, target, where) => {
    const error = ops.abs(errorOf(ops, 'huber', prediction, target));
    const small = ops.minimum(error, scalar(ops, delta));
    const squared = ops.mul(ops.mul(small, small), scalar(ops, 0.5));
    const linear = ops.mul(ops.sub(error, small), scalar(ops, delta));
    return weightedMean(ops, ops.add(squared, linear), where);
  };
}
