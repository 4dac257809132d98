import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp, meanSquare } from '../transforms/scale-by-adam.ts';
import { decayParts } from './decay-parts.ts';
import { recipe } from './recipe.ts';

/** Options of `radam`. */
export interface RadamOptions {
  /** Default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decay β₁ of the mean, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay β₂ of the mean square, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added outside the square root; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** Default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Decay beside the moments (as AdamW), not through them; default false. */
  readonly decoupledWeightDecay?: boolean;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof RadamOptions)[] = [
  'learningRate',
  'beta1',
  'beta2',
  'eps',
  'weightDecay',
  'decoupledWeightDecay',
  'maximize',
];

/**
 * RAdam: plain momentum until the variance of Adam's denominator is tractable (about 5 updates with β₂ = 0.999), then
 * Adam times the rectification term. Slots `expAvg`, `expAvgSq`.
 *
 *     ρ = ρ∞ − 2t β₂ᵗ/(1 − β₂ᵗ)
 *     ρ∞ = 2/(1 − β₂) − 1
 *     for ρ ≤ 5:  w ← w − η m̂
 *     else  w ← w − η m̂ r √(1 − β₂ᵗ) / (√v + ε),  r² = (ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.RAdam; Liu et al. 2020, algorithm 2. Golden: test/golden/optim_radam.json.
 *
 * @example
 * ```ts
 * import { createOptimizer, radam } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: radam({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 1.639 -1.087
 * ```
 */
export function radam(options: RadamOptions = {}): GradientTransform {
  checkOptions('radam', options, keys);
  const { first, last } = decayParts('radam', { ...options, learningRate: options.learningRate ?? 1e-3 });
  return recipe('radam', negatedIf(options.maximize), first, [radamStep(options)], last);
}

function radamStep({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: RadamOptions): TransformStep {
  return transformStep({
    name: 'scaleByRadam',
    hyperparameters: {
      beta1: setting('radam.beta1', beta1, 'in [0, 1)'),
      beta2: setting('radam.beta2', beta2, 'in [0, 1)'),
      eps: setting('radam.eps', eps, '>= 0'),
    },
    slots: { expAvg: 0, expAvgSq: 0 },
    scalars: ({ hyperparameters: { beta1, beta2 }, completedUpdates }) => {
      const rectification = rectificationAt(completedUpdates + 1, beta2);
      return {
        share1: 1 - beta1,
        share2: 1 - beta2,
        correction1: 1 - beta1 ** (completedUpdates + 1),
        isRectified: rectification === undefined ? 0 : 1,
        adaptive: (rectification ?? 0) * Math.sqrt(1 - beta2 ** (completedUpdates + 1)),
      };
    },
    write: ({ gradient, slot, scalar, define }) => {
      const mean = define('expAvg', lerp(slot('expAvg'), gradient, scalar('share1')));
      const square = define('expAvgSq', meanSquare(slot('expAvgSq'), gradient, scalar('beta2'), scalar('share2')));
      const factor = ['/', scalar('adaptive'), ['+', ['sqrt', square], scalar('eps')]] as const;
      return {
        gradient: ['*', ['/', mean, scalar('correction1')], ['select', scalar('isRectified'), factor, 1]],
        slots: { expAvg: mean, expAvgSq: square },
      };
    },
  });
}

/** Undefined while the variance is not tractable. */
function rectificationAt(update: number, beta2: number): number | undefined {
  const longest = 2 / (1 - beta2) - 1;
  const power = beta2 ** update;
  const length = longest - (2 * update * power) / (1 - power);
  if (length <= 5) return undefined;
  return Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
}
