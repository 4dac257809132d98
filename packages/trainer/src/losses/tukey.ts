import type { NetworkOps, Tensor } from '@nt/tensor';
import { checkOptions } from '../options/check-options.ts';
import { aboveZero, flag } from '../options/expectations.ts';
import type { Loss } from './loss.ts';
import { errorOf } from './point-losses.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/** Options of `tukey`. */
export interface TukeyOptions {
  /** Error beyond which a point no longer pulls, in standard deviations; default 4.685 (95 % efficiency for normal errors). */
  readonly c?: number | undefined;
  /** Divides errors by the standard deviation of each window's target (of its unmasked points) + 0.01; default true. */
  readonly normalize?: boolean | undefined;
}

const leastDeviation = 0.01;

/**
 * Tukey's biweight, which outliers cannot pull.
 *
 *     mean of  c²/6 · (1 − (1 − (e/c)²)³)  for |e| ≤ c,  else c²/6
 *     e = (y − ŷ) / (deviation of y in the window + 0.01), or y − ŷ without normalize
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`
 * Source: Beaton & Tukey 1974. Golden: losses.json `TukeyLoss`, by way of its mistake.
 * Differs: neuralforecast's TukeyLoss has the sign of the inner part reversed (small errors cost most) and, for targets
 * `[batch, horizon, 1]`, normalises along the axis of length 1, which divides every error by 0.01.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { tukey } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = tukey()(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 0.4775
 * ```
 */
export function tukey(options: TukeyOptions = {}): Loss {
  checkOptions('tukey', options, { c: aboveZero, normalize: flag });
  const { c = 4.685, normalize = true } = options;
  return (ops, prediction, target, where) => {
    const error = ops.abs(errorOf(ops, 'tukey', prediction, target));
    const scaled = normalize ? ops.div(error, deviationOf(ops, target, where?.mask)) : error;
    const part = ops.minimum(ops.mul(scaled, scalar(ops, 1 / c)), scalar(ops, 1));
    const inner = ops.sub(scalar(ops, 1), ops.mul(part, part));
    const cubed = ops.mul(ops.mul(inner, inner), inner);
    return weightedMean(ops, ops.mul(ops.sub(scalar(ops, 1), cubed), scalar(ops, (c * c) / 6)), where);
  };
}

/** Standard deviation of each window's target, `[batch, 1]`. */
function deviationOf<T extends Tensor>(ops: NetworkOps<T>, target: T, mask?: T): T {
  const counts = mask ?? ops.add(ops.mul(target, scalar(ops, 0)), scalar(ops, 1));
  const total = ops.maximum(ops.sum(counts, 1, true), scalar(ops, 1));
  const mean = ops.div(ops.sum(ops.mul(target, counts), 1, true), total);
  const difference = ops.sub(target, mean);
  const variance = ops.div(ops.sum(ops.mul(ops.mul(difference, difference), counts), 1, true), total);
  return ops.add(ops.sqrt(variance), scalar(ops, leastDeviation));
}
