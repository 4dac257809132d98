import type { NetworkOps, Tensor } from '@nt/tensor';
import { checkOptions } from '../options/check-options.ts';
import type { Loss } from './loss.ts';
import { errorOf } from './point-losses.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/** Options of `freDF`. */
export interface FreDFOptions {
  /** Part of the loss in the frequency domain, in [0, 1]; default 0.5. The rest is the mean squared error. */
  readonly alpha?: number | undefined;
}

const leastSquare = 1e-24;

/**
 * Errors in frequency and in time: errors of neighbouring time steps belong together, their frequencies do not.
 *
 *     α · mean |rfft(y − ŷ)| + (1 − α) · mean (y − ŷ)²
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`
 * Source: Wang et al. 2025, "FreDF: Learning to Forecast in the Frequency Domain". Golden: losses.json `FreDF`.
 * Differs: masked errors are 0 in the transform, too (neuralforecast transforms what it masks out of the mse); weights
 * count in the mse only.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { freDF } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 2, 3], [1, 3, 1]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = freDF({ alpha: 0.5 })(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.7448
 * ```
 */
export function freDF(options: FreDFOptions = {}): Loss {
  checkOptions('freDF', options, {
    alpha: (value: unknown) => (typeof value === 'number' && value >= 0 && value <= 1) || 'to be a number in [0, 1]',
  });
  const { alpha = 0.5 } = options;
  return (ops, prediction, target, where) => {
    const error = errorOf(ops, 'freDF', prediction, target);
    const squared = weightedMean(ops, ops.mul(error, error), where);
    const masked = where?.mask ? ops.mul(error, where.mask) : error;
    const frequencies = weightedMean(ops, magnitudes(ops, masked));
    return ops.add(ops.mul(frequencies, scalar(ops, alpha)), ops.mul(squared, scalar(ops, 1 - alpha)));
  };
}

/** |rfft| along the horizon by two products with constant matrices: `[batch, ⌊horizon / 2⌋ + 1]`, not normalised. */
function magnitudes<T extends Tensor>(ops: NetworkOps<T>, error: T): T {
  const horizon = error.shape[1]!;
  const real = ops.matMul(error, fourierMatrix(ops, horizon, Math.cos));
  const imaginary = ops.matMul(error, fourierMatrix(ops, horizon, Math.sin));
  const squares = ops.add(ops.mul(real, real), ops.mul(imaginary, imaginary));
  return ops.sqrt(ops.maximum(squares, scalar(ops, leastSquare)));
}

function fourierMatrix<T extends Tensor>(ops: NetworkOps<T>, horizon: number, wave: (angle: number) => number): T {
  const count = Math.floor(horizon / 2) + 1;
  // The product of the indices is reduced first: the angle then keeps all its digits.
  const values = Array.from({ length: horizon * count }, (_, i) => {
    const turns = (Math.floor(i / count) * (i % count)) % horizon;
    return wave((2 * Math.PI * turns) / horizon);
  });
  return ops.tensor(values, [horizon, count]);
}
