import type { GradientTransform } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type AveragingTimes, averageWeights } from './average-weights.ts';

/** Options of `stochasticWeightAverage`. */
export interface StochasticWeightAverageOptions extends AveragingTimes {}

/**
 * Keeps the plain mean of the weights after every `every`-th update since `startAfter`, for evaluation. The last link of
 * a chain; `useEvaluationWeights()` puts the mean in. Slot `average`. Part of the same pass.
 *
 * Layers that collect statistics of their inputs need a pass over the data with the averaged weights.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Izmailov et al. 2018; torch.optim.swa_utils.AveragedModel.
 */
export function stochasticWeightAverage(options: StochasticWeightAverageOptions = {}): GradientTransform {
  const owner = 'stochasticWeightAverage';
  checkOptions(owner, options, ['startAfter', 'every']);
  return { name: owner, steps: [averageWeights(owner, options, {}, (count) => 1 / count)] };
}
