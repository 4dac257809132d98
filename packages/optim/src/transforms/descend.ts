import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';

/** Options of `descend`. */
export interface DescendOptions {
  /** Step per update; default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decoupled decay λ: the weight shrinks by `learningRate · λ` in each update; default 0, which builds nothing. */
  readonly weightDecay?: Hyperparameter;
}

/**
 * Moves the weights against the gradient as the chain has left it: `w ← w (1 − ηλ) − η g`. Every recipe ends in it.
 *
 * Decay is multiplied by the learning rate, as torch.optim.AdamW does (Loshchilov & Hutter 2019, algorithm 2, does not).
 *
 * @throws OptimError `optim/out-of-range` for a negative rate or decay
 */
export function descend(options: DescendOptions = {}): GradientTransform {
  checkOptions('descend', options, ['learningRate', 'weightDecay']);
  return descendAs('descend', options.learningRate ?? 1e-3, options.weightDecay ?? 0);
}

/** `descend` for the recipe `owner`, whose name stands in messages. */
export function descendAs(
  owner: string,
  learningRate: Hyperparameter,
  weightDecay: Hyperparameter = 0,
): GradientTransform {
  const rate = setting(`${owner}.learningRate`, learningRate, '>= 0');
  const decay = setting(`${owner}.weightDecay`, weightDecay, '>= 0');
  return { name: 'descend', steps: [weightDecay === 0 ? plain(rate) : decaying(rate, decay)] };
}

type Setting = ReturnType<typeof setting>;

const plain = (learningRate: Setting) =>
  transformStep({
    name: 'descend',
    hyperparameters: { learningRate },
    write: ({ scaledGradient, weight, scalar }) => ({ weight: ['-', weight, scaledGradient(scalar('learningRate'))] }),
  });

const decaying = (learningRate: Setting, weightDecay: Setting) =>
  transformStep({
    name: 'descend',
    hyperparameters: { learningRate, weightDecay },
    scalars: ({ hyperparameters }) => ({ kept: 1 - hyperparameters.learningRate * hyperparameters.weightDecay }),
    write: ({ scaledGradient, weight, scalar }) => ({
      weight: ['-', ['*', weight, scalar('kept')], scaledGradient(scalar('learningRate'))],
    }),
  });
