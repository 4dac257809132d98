import { checkOptions } from '../options/check-options.ts';
import { betweenZeroAndOne, listOf } from '../options/expectations.ts';
import type { Loss } from './loss.ts';
import { checkShapes } from './outputs-of.ts';
import { errorOf } from './point-losses.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Pinball loss of one quantile. At 0.5 it is half the mae.
 *
 *     mean of  max(q e, (q − 1) e),  e = y − ŷ
 *
 * @param quantile in (0, 1)
 * @throws TrainerError `trainer/bad-option`
 * Golden: losses.json `QuantileLoss_0_3`.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { quantileLoss } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = quantileLoss(0.9)(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.6333
 * ```
 */
export function quantileLoss(quantile: number): Loss {
  checkQuantile('quantileLoss', quantile);
  return (ops, prediction, target, where) => {
    const error = errorOf(ops, 'quantileLoss', prediction, target);
    const above = ops.mul(error, scalar(ops, quantile));
    const below = ops.mul(error, scalar(ops, quantile - 1));
    return weightedMean(ops, ops.maximum(above, below), where);
  };
}

/**
 * Mean pinball loss over several quantiles: output k of the prediction is quantile `quantiles[k]`.
 *
 *     mean over points and k of  max(qₖ eₖ, (qₖ − 1) eₖ),  eₖ = y − ŷₖ
 *
 * @param quantiles each in (0, 1); their order is the order of the outputs
 * @throws TrainerError `trainer/bad-option`
 * Golden: losses.json `MQLoss_80_90`. Differs: the mean over quantiles, so that the learning rate need not follow their
 * number; neuralforecast's MQLoss is the sum.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { multiQuantileLoss } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([0, 2, 1, 3, 2, 4], [1, 3, 2]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = multiQuantileLoss([0.1, 0.9])(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.2667
 * ```
 */
export function multiQuantileLoss(quantiles: readonly number[]): Loss {
  checkOptions('multiQuantileLoss', { quantiles }, { quantiles: someQuantiles }, ['quantiles']);
  return (ops, prediction, target, where) => {
    checkShapes('multiQuantileLoss', prediction, target, quantiles.length);
    const [batch, horizon] = target.shape as [number, number];
    const error = ops.sub(ops.reshape(target, [batch, horizon, 1]), prediction);
    const above = ops.mul(error, ops.tensor([...quantiles], [quantiles.length]));
    const below = ops.mul(
      error,
      ops.tensor(
        quantiles.map((quantile) => quantile - 1),
        [quantiles.length],
      ),
    );
    const perPoint = ops.div(ops.sum(ops.maximum(above, below), 2), scalar(ops, quantiles.length));
    return weightedMean(ops, perPoint, where);
  };
}

function checkQuantile(owner: string, quantile: number): void {
  checkOptions(owner, { quantile }, { quantile: betweenZeroAndOne }, ['quantile']);
}

const someQuantiles = (value: unknown): true | string =>
  Array.isArray(value) && value.length === 0 ? 'to be a list of at least one' : listOf(betweenZeroAndOne)(value);
