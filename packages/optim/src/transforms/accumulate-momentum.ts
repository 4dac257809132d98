import type { Expression } from '@nt/tensor';
import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, type HyperparameterSetting, setting } from '../options/hyperparameter.ts';

/** Options of `accumulateMomentum`. */
export interface AccumulateMomentumOptions {
  /** μ, the share of the buffer that stays, >= 0; default 0.9. */
  readonly momentum?: Hyperparameter;
  /** τ: the gradient enters the buffer times 1 − τ (whole in the first update, as in PyTorch); default 0. */
  readonly dampening?: Hyperparameter;
  /** Look ahead by one more μ · buffer; default false. */
  readonly nesterov?: boolean;
}

/**
 * Heavy-ball momentum of torch.optim.SGD: `b ← μb + (1−τ)g`, `out = b`, or `g + μb` with nesterov. Slot `momentumBuffer`.
 *
 * A sum, not an average: with a constant gradient the output grows to g / (1 − μ).
 *
 * @throws OptimError `optim/out-of-range`, `optim/option` for nesterov with dampening
 */
export function accumulateMomentum(options: AccumulateMomentumOptions = {}): GradientTransform {
  checkOptions('accumulateMomentum', options, ['momentum', 'dampening', 'nesterov']);
  return accumulateMomentumAs('accumulateMomentum', options);
}

/** The same for the recipe `owner`. */
export function accumulateMomentumAs(owner: string, options: AccumulateMomentumOptions): GradientTransform {
  const { momentum = 0.9, dampening = 0, nesterov = false } = options;
  const damped = dampening !== 0;
  const step = transformStep({
    name: 'accumulateMomentum',
    hyperparameters: {
      momentum: setting(`${owner}.momentum`, momentum, '>= 0'),
      ...(damped ? { dampening: setting(`${owner}.dampening`, dampening, '>= 0') } : {}),
    } as Record<'momentum' | 'dampening', HyperparameterSetting>,
    settings: { nesterov },
    slots: { momentumBuffer: 0 },
    scalars: ({ hyperparameters, completedUpdates }) => ({
      share: completedUpdates === 0 ? 1 : 1 - hyperparameters.dampening,
    }),
    write: ({ gradient, slot, scalar, define }) => {
      const entering: Expression = damped ? ['*', scalar('share'), gradient] : gradient;
      const buffer = define('momentumBuffer', ['+', ['*', scalar('momentum'), slot('momentumBuffer')], entering]);
      return {
        gradient: nesterov ? ['+', gradient, ['*', scalar('momentum'), buffer]] : buffer,
        slots: { momentumBuffer: buffer },
      };
    },
  });
  return { name: 'accumulateMomentum', steps: [step] };
}
