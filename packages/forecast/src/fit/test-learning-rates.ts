import { lookahead } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import { type FindLearningRateOptions, findLearningRate, type LearningRateSuggestion } from '@nt/trainer';
import { optimizerOf } from '../training/optimizers.ts';
import { lossParts, type TrainingRun } from './train-model.ts';

/** How rates are tested: as `findLearningRate` of `@nt/trainer`. */
export type RateTestOptions = Pick<
  FindLearningRateOptions<Tensor, never, never>,
  'minLearningRate' | 'maxLearningRate' | 'updates'
>;

/** A short run of the plan's optimizer with a growing rate. */
export function testLearningRates<T extends Tensor>(
  run: Omit<TrainingRun<T>, 'identity' | 'options'>,
  options: RateTestOptions,
): Promise<LearningRateSuggestion> {
  const { optimizer, weightDecay, lookahead: slow } = run.plan.training;
  return findLearningRate({
    ...options,
    run: lossParts(run),
    transformFor: (learningRate) => {
      const inner = optimizerOf(optimizer, { learningRate, weightDecay });
      return slow ? lookahead(inner, slow) : inner;
    },
  });
}
