import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp, meanSquare } from '../transforms/scale-by-adam.ts';
import { decayParts } from './decay-parts.ts';
import { recipe } from './recipe.ts';

/** Options of `nadam`. */
export interface NadamOptions {
  /** Default 2e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decay β₁ of the mean, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay β₂ of the mean square, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added outside the square root; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** ψ: how fast the momentum schedule μ rises to β₁; default 4e-3. */
  readonly momentumDecay?: Hyperparameter;
  /** Default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Decay beside the moments (as AdamW), not through them; default false. */
  readonly decoupledWeightDecay?: boolean;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof NadamOptions)[] = [
  'learningRate',
  'beta1',
  'beta2',
  'eps',
  'momentumDecay',
  'weightDecay',
  'decoupledWeightDecay',
  'maximize',
];

/**
 * NAdam: Adam with Nesterov's momentum, `μₜ = β₁ (1 − ½ · 0.96^(tψ))`. Slots `expAvg`, `expAvgSq`; the product of all μ
 * is a host number that snapshots hold.
 *
 *     μₜ = β₁(1 − ½·0.96^(ψt))
 *     Π = μ₁⋯μₜ
 *     w ← w − η (μₜ₊₁ m / (1 − Π μₜ₊₁) + (1 − μₜ) g / (1 − Π)) / (√v̂ + ε),  m, v and v̂ as Adam
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.NAdam; Dozat 2016. Golden: test/golden/optim_nadam.json.
 *
 * @example
 * ```ts
 * import { createOptimizer, nadam } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: nadam({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.230 -1.251
 * ```
 */
export function nadam(options: NadamOptions = {}): GradientTransform {
  checkOptions('nadam', options, keys);
  const { first, last } = decayParts('nadam', { ...options, learningRate: options.learningRate ?? 2e-3 });
  return recipe('nadam', negatedIf(options.maximize), first, [nadamStep(options)], last);
}

function nadamStep(options: NadamOptions): TransformStep {
  const { beta1 = 0.9, beta2 = 0.999, eps = 1e-8, momentumDecay = 4e-3 } = options;
  return transformStep({
    name: 'scaleByNadam',
    hyperparameters: {
      beta1: setting('nadam.beta1', beta1, 'in [0, 1)'),
      beta2: setting('nadam.beta2', beta2, 'in [0, 1)'),
      eps: setting('nadam.eps', eps, '>= 0'),
      momentumDecay: setting('nadam.momentumDecay', momentumDecay, '>= 0'),
    },
    slots: { expAvg: 0, expAvgSq: 0 },
    carried: { muProduct: 1 },
    // PyTorch keeps this product in float32, whatever the weights are; its numbers can only be met by rounding alike.
    carry: ({ hyperparameters, carried, completedUpdates }) => ({
      muProduct: Math.fround(carried.muProduct * Math.fround(momentumAt(completedUpdates + 1, hyperparameters))),
    }),
    scalars: ({ hyperparameters, carried, completedUpdates }) => {
      const { beta1, beta2 } = hyperparameters;
      const mu = momentumAt(completedUpdates + 1, hyperparameters);
      const next = momentumAt(completedUpdates + 2, hyperparameters);
      return {
        share1: 1 - beta1,
        share2: 1 - beta2,
        correction2: 1 - beta2 ** (completedUpdates + 1),
        ofGradient: (1 - mu) / (1 - carried.muProduct),
        ofMean: next / (1 - carried.muProduct * next),
      };
    },
    write: ({ gradient, slot, scalar, define }) => {
      const mean = define('expAvg', lerp(slot('expAvg'), gradient, scalar('share1')));
      const square = define('expAvgSq', meanSquare(slot('expAvgSq'), gradient, scalar('beta2'), scalar('share2')));
      const ahead = ['+', ['*', scalar('ofGradient'), gradient], ['*', scalar('ofMean'), mean]] as const;
      const denominator = ['+', ['sqrt', ['/', square, scalar('correction2')]], scalar('eps')] as const;
      return { gradient: ['/', ahead, denominator], slots: { expAvg: mean, expAvgSq: square } };
    },
  });
}

function momentumAt(
  update: number,
  { beta1, momentumDecay }: Readonly<Record<'beta1' | 'momentumDecay', number>>,
): number {
  return beta1 * (1 - 0.5 * 0.96 ** (update * momentumDecay));
}
