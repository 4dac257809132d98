import type { NetworkOps, Tensor } from '@nt/tensor';
import type { LossWhere } from './loss.ts';
import { scalar } from './scalar.ts';

/** Keeps 0 ÷ 0 at 0 when every point is masked. */
const leastWeight = 1e-12;

/**
 * Σ value · mask · weight ÷ Σ mask · weight over points `[batch, horizon]`; the plain mean without both. 0 when nothing counts.
 *
 * Source: neuralforecast's weighted mean, so that losses with masks agree with its own.
 */
export function weightedMean<T extends Tensor>(ops: NetworkOps<T>, values: T, where: LossWhere<T> = {}): T {
  const { mask, weights } = where;
  const factor = mask && weights ? ops.mul(mask, weights) : (mask ?? weights);
  if (!factor)
    return ops.div(
      ops.sum(values),
      scalar(
        ops,
        values.shape.reduce((size, length) => size * length, 1),
      ),
    );
  return ops.div(ops.sum(ops.mul(values, factor)), ops.maximum(ops.sum(factor), scalar(ops, leastWeight)));
}
