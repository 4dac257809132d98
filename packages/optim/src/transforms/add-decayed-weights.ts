import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';

/**
 * Adds the gradient of L2 regularisation: `g ← g + λw`. Before moments it is PyTorch's coupled `weight_decay`; between
 * moments and `descend` it is decoupled decay (but see `descend({ weightDecay })`, one operation less).
 *
 * @param weightDecay λ, >= 0
 * @throws OptimError `optim/out-of-range`
 */
export function addDecayedWeights(weightDecay: Hyperparameter): GradientTransform {
  return addDecayedWeightsAs('addDecayedWeights', weightDecay);
}

/** The same for the recipe `owner`. The constant 0 builds no step. */
export function addDecayedWeightsAs(owner: string, weightDecay: Hyperparameter): GradientTransform {
  const decay = setting(`${owner}.weightDecay`, weightDecay, '>= 0');
  const step = transformStep({
    name: 'addDecayedWeights',
    hyperparameters: { weightDecay: decay },
    write: ({ gradient, weight, scalar }) => ({ gradient: ['+', gradient, ['*', scalar('weightDecay'), weight]] }),
  });
  return { name: 'addDecayedWeights', steps: weightDecay === 0 ? [] : [step] };
}
