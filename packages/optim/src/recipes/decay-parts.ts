import type { GradientTransform } from '../gradient-transform.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
import { addDecayedWeightsAs } from '../transforms/add-decayed-weights.ts';
import { descendAs } from '../transforms/descend.ts';

/** The two ends of a recipe whose weight decay is coupled unless `decoupledWeightDecay`. */
export function decayParts(
  owner: string,
  options: {
    readonly learningRate: Hyperparameter;
    readonly weightDecay?: Hyperparameter;
    readonly decoupledWeightDecay?: boolean;
  },
): { readonly first: GradientTransform; readonly last: GradientTransform } {
  const { learningRate, weightDecay = 0, decoupledWeightDecay = false } = options;
  return {
    first: addDecayedWeightsAs(owner, decoupledWeightDecay ? 0 : weightDecay),
    last: descendAs(owner, learningRate, decoupledWeightDecay ? weightDecay : 0),
  };
}
