import type { NetworkOps, Tensor } from '@nt/tensor';
import { checkOptions } from '../options/check-options.ts';
import { count } from '../options/expectations.ts';
import { TrainerError } from '../trainer-error.ts';
import type { LossWhere } from './loss.ts';
import { errorOf, ratio } from './point-losses.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/** Options of `mase`. */
export interface MaseOptions {
  /** Time steps of a season, ≥ 1: the naive forecast that the error is measured in repeats the last season. */
  readonly seasonality: number;
}

/** `mase` also needs the input window. */
export interface MaseWhere<T extends Tensor> extends LossWhere<T> {
  /** `[batch, inputSize]`, inputSize > seasonality. */
  readonly insample: T;
}

/** A loss that is told the input window. */
export type MaseLoss = <T extends Tensor>(ops: NetworkOps<T>, prediction: T, target: T, where: MaseWhere<T>) => T;

/**
 * Mean absolute error in units of the seasonal naive forecast's mean absolute error over each input window.
 * A window on which the naive forecast is perfect counts as no error.
 *
 *     mean of  |y − ŷ| / d,  d = mean |yᵢ − yᵢ₋ₛ| over the input window,  s = seasonality
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`; from the loss `trainer/bad-shape`
 * Source: Hyndman & Koehler 2006. Golden: losses.json `MASE_4`, by way of its mistake.
 * Differs: neuralforecast's MASE, given inputs `[batch, time, 1]`, divides each window's error by every window's naive
 * error and adds the quotients up.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { mase } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const insample = ops.tensor([1, 3, 2, 5], [1, 4]);
 * const loss = mase({ seasonality: 1 })(ops, prediction, target, { insample });
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.5000
 * ```
 */
export function mase(options: MaseOptions): MaseLoss {
  checkOptions('mase', options, { seasonality: count }, ['seasonality']);
  const { seasonality } = options;
  return (ops, prediction, target, where) => {
    const error = ops.abs(errorOf(ops, 'mase', prediction, target));
    return weightedMean(ops, ratio(ops, error, naiveError(ops, where.insample, seasonality)), where);
  };
}

/** `[batch, 1]` */
function naiveError<T extends Tensor>(ops: NetworkOps<T>, insample: T, seasonality: number): T {
  const [batch, inputSize] = insample.shape as [number, number];
  const length = inputSize - seasonality;
  if (insample.shape.length !== 2 || length < 1) {
    throw new TrainerError(
      'trainer/bad-shape',
      `mase: expected insample [batch, inputSize] with inputSize > ${seasonality} (the seasonality); found [${insample.shape}].`,
      { insample: insample.shape, seasonality },
    );
  }
  const later = ops.slice(insample, [0, seasonality], [batch, length]);
  const earlier = ops.slice(insample, [0, 0], [batch, length]);
  return ops.div(ops.sum(ops.abs(ops.sub(later, earlier)), 1, true), scalar(ops, length));
}
