import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp } from '../transforms/scale-by-adam.ts';
import { decayParts } from './decay-parts.ts';
import { recipe } from './recipe.ts';

/** Options of `adamax`. */
export interface AdamaxOptions {
  /** Default 2e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decay β₁ of the mean, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay β₂ of the largest magnitude, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added to |g|; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** L2 regularisation, added to the gradient; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/**
 * Adamax with PyTorch's numbers and defaults: Adam under the infinity norm, `u ← max(β₂u, |g| + ε)`. Slots `expAvg`,
 * `expInf`.
 *
 *     m ← β₁m + (1 − β₁)g
 *     u ← max(β₂u, |g| + ε)
 *     w ← w − η/(1 − β₁ᵗ) · m/u
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.Adamax; Kingma & Ba 2015, algorithm 2. Golden: test/golden/optim_adamax.json.
 *
 * @example
 * ```ts
 * import { adamax, createOptimizer } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: adamax({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.079 -1.119
 * ```
 */
export function adamax(options: AdamaxOptions = {}): GradientTransform {
  checkOptions('adamax', options, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay', 'maximize']);
  const { learningRate = 2e-3, weightDecay = 0 } = options;
  const { first, last } = decayParts('adamax', { learningRate, weightDecay });
  return recipe('adamax', negatedIf(options.maximize), first, [adamaxStep(options)], last);
}

function adamaxStep({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: AdamaxOptions): TransformStep {
  return transformStep({
    name: 'scaleByAdamax',
    hyperparameters: {
      beta1: setting('adamax.beta1', beta1, 'in [0, 1)'),
      beta2: setting('adamax.beta2', beta2, 'in [0, 1)'),
      eps: setting('adamax.eps', eps, '>= 0'),
    },
    slots: { expAvg: 0, expInf: 0 },
    scalars: ({ hyperparameters: { beta1 }, completedUpdates }) => ({
      share1: 1 - beta1,
      correction1: 1 - beta1 ** (completedUpdates + 1),
    }),
    write: ({ gradient, slot, scalar, define }) => {
      const mean = define('expAvg', lerp(slot('expAvg'), gradient, scalar('share1')));
      const decayed = ['*', scalar('beta2'), slot('expInf')] as const;
      const largest = define('expInf', ['max', decayed, ['+', ['abs', gradient], scalar('eps')]]);
      return {
        gradient: ['/', mean, ['*', scalar('correction1'), largest]],
        slots: { expAvg: mean, expInf: largest },
      };
    },
  });
}
