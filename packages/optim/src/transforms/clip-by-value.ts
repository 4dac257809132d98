import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';

/**
 * Clips each element to [−limit, limit], as torch.nn.utils.clip_grad_value_. A NaN stays NaN.
 *
 * @param limit > 0, hyperparameter `limit`
 * @throws OptimError `optim/out-of-range`
 * Golden: test/golden/optim_clip.json (torch 2.15, float64).
 */
export function clipByValue(limit: Hyperparameter): GradientTransform {
  const step = transformStep({
    name: 'clipByValue',
    hyperparameters: { limit: setting('clipByValue.limit', limit, '> 0') },
    write: ({ gradient, scalar }) => ({
      gradient: ['max', ['min', gradient, scalar('limit')], ['*', -1, scalar('limit')]],
    }),
  });
  return { name: 'clipByValue', steps: [step] };
}
