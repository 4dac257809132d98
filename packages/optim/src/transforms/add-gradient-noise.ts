import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkInteger, type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Options of `addGradientNoise`. */
export interface AddGradientNoiseOptions {
  /** Integer in [0, 2⁵³); required: the same seed gives the same noise on every engine. */
  readonly seed: number;
  /** η: variance in the first update; default 0.01. */
  readonly eta?: Hyperparameter;
  /** γ: how fast the variance falls; default 0.55. */
  readonly gamma?: Hyperparameter;
}

/**
 * Adds normal noise of variance `η / (1 + completedUpdates)^γ` to every gradient. The numbers depend on seed, parameter
 * name and completed updates alone, so a resumed run draws the same.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Neelakantan et al. 2015, equation 1.
 */
export function addGradientNoise(options: AddGradientNoiseOptions): GradientTransform {
  if (typeof options !== 'object' || options === null) {
    throw new OptimError('optim/option', 'addGradientNoise: expected options with a seed, e.g. { seed: 1 }.');
  }
  checkOptions('addGradientNoise', options, ['seed', 'eta', 'gamma']);
  const seed = checkInteger('addGradientNoise.seed', options.seed, 0);
  const step = transformStep({
    name: 'addGradientNoise',
    hyperparameters: {
      eta: setting('addGradientNoise.eta', options.eta ?? 0.01, '>= 0'),
      gamma: setting('addGradientNoise.gamma', options.gamma ?? 0.55, '>= 0'),
    },
    settings: { seed },
    scalars: ({ hyperparameters: { eta, gamma }, completedUpdates }) => ({
      deviation: Math.sqrt(eta / (1 + completedUpdates) ** gamma),
    }),
    measure: {
      of: 'shape',
      measure: (ops, { parameter, completedUpdatesNow }) => {
        const own = seedOf(seed, parameter.name);
        const key = () => ({ seed: own, counter: completedUpdatesNow() });
        return { inputs: { uniform: ops.randomUniform(parameter.shape, key) } };
      },
    },
    write: ({ gradient, scalar, input, define }) => ({
      gradient: ['+', gradient, ['*', scalar('deviation'), normalQuantile(input('uniform'), define)]],
    }),
  });
  return { name: 'addGradientNoise', steps: [step] };
}

/** A stream for each name, so that the order of parameters does not matter: FNV-1a over its characters, added to the seed. */
function seedOf(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return Number((BigInt(seed) + BigInt(hash) * 0x100003n) % 2n ** 53n);
}
