import type { Expression } from '@nt/tensor';
import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { accumulateMomentumAs } from '../transforms/accumulate-momentum.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp, meanSquare } from '../transforms/scale-by-adam.ts';
import { decayParts } from './decay-parts.ts';
import { recipe } from './recipe.ts';

/** Options of `rmsprop`. */
export interface RmspropOptions {
  /** Default 1e-2. */
  readonly learningRate?: Hyperparameter;
  /** Decay of the mean square, in [0, 1); default 0.99. */
  readonly alpha?: Hyperparameter;
  /** ε, added outside the square root; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** Divide by the deviation from the running mean; default false. */
  readonly centered?: boolean;
  /** Momentum of the scaled gradient; default 0, which keeps no buffer. */
  readonly momentum?: Hyperparameter;
  /** L2 regularisation, added to the gradient; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof RmspropOptions)[] = [
  'learningRate',
  'alpha',
  'eps',
  'centered',
  'momentum',
  'weightDecay',
  'maximize',
];

/**
 * RMSProp with PyTorch's numbers and defaults. Slots `squareAvg`, with centered `gradAvg`, with momentum
 * `momentumBuffer`.
 *
 *     v ← αv + (1 − α)g²
 *     w ← w − η g / (√v + ε)   (centered: √(v − ḡ²) with ḡ ← αḡ + (1 − α)g)
 *
 * Differs from tf.train.rmsprop, which adds ε under the root (and, centered, with the wrong sign).
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.RMSprop. Golden: test/golden/optim_rmsprop.json.
 *
 * @example
 * ```ts
 * import { createOptimizer, rmsprop } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const transform = rmsprop({ learningRate: 0.1, centered: true });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 0.136 -0.005
 * ```
 */
export function rmsprop(options: RmspropOptions = {}): GradientTransform {
  checkOptions('rmsprop', options, keys);
  const { momentum = 0, learningRate = 1e-2, weightDecay = 0 } = options;
  const { first, last } = decayParts('rmsprop', { learningRate, weightDecay });
  const momentumPart = momentum === 0 ? [] : accumulateMomentumAs('rmsprop', { momentum });
  return recipe('rmsprop', negatedIf(options.maximize), first, [rmsStep(options)], momentumPart, last);
}

type Slot = 'squareAvg' | 'gradAvg';

function rmsStep({ alpha = 0.99, eps = 1e-8, centered = false }: RmspropOptions): TransformStep {
  return transformStep({
    name: 'scaleByRms',
    hyperparameters: {
      alpha: setting('rmsprop.alpha', alpha, 'in [0, 1)'),
      eps: setting('rmsprop.eps', eps, '>= 0'),
    },
    settings: { centered },
    slots: { squareAvg: 0, ...(centered ? { gradAvg: 0 } : {}) } as Record<Slot, 0>,
    scalars: ({ hyperparameters }) => ({ share: 1 - hyperparameters.alpha }),
    write: ({ gradient, slot, scalar, define }) => {
      const share = scalar('share');
      const square = define('squareAvg', meanSquare(slot('squareAvg'), gradient, scalar('alpha'), share));
      const mean = centered ? define('gradAvg', lerp(slot('gradAvg'), gradient, share)) : 0;
      const variance: Expression = centered ? ['-', square, ['*', mean, mean]] : square;
      return {
        gradient: ['/', gradient, ['+', ['sqrt', variance], scalar('eps')]],
        slots: { squareAvg: square, ...(centered ? { gradAvg: mean } : {}) },
      };
    },
  });
}
