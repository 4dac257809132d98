import type { GradientTransform } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { type AveragingTimes, averageWeights } from './average-weights.ts';

/** Options of `exponentialMovingAverage`. */
export interface ExponentialMovingAverageOptions extends AveragingTimes {
  /** Share of the old average that stays, in [0, 1]; default 0.999. A function of the updates can warm it up. */
  readonly decay?: Hyperparameter;
}

/**
 * Keeps an exponential moving average of the weights for evaluation: `a ← a + (1 − decay)(w − a)`, at first a copy.
 * The last link of a chain; `useEvaluationWeights()` puts the average in. Slot `average`. Part of the same pass.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn, which begins with a copy, too.
 */
export function exponentialMovingAverage(options: ExponentialMovingAverageOptions = {}): GradientTransform {
  const owner = 'exponentialMovingAverage';
  checkOptions(owner, options, ['decay', 'startAfter', 'every']);
  const decay = setting(`${owner}.decay`, options.decay ?? 0.999, 'in [0, 1]');
  return { name: owner, steps: [averageWeights(owner, options, { decay }, (_, numbers) => 1 - numbers.decay)] };
}
