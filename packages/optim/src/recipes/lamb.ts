import type { GradientTransform } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
import { addDecayedWeightsAs } from '../transforms/add-decayed-weights.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { scaleByAdamAs } from '../transforms/scale-by-adam.ts';
import { scaleByTrustRatio } from '../transforms/scale-by-trust-ratio.ts';
import { recipe } from './recipe.ts';

/** Options of `lamb`. */
export interface LambOptions {
  /** Default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decay β₁ of the mean, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay β₂ of the mean square, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added outside the square root; default 1e-6. */
  readonly eps?: Hyperparameter;
  /** Decay λ, added to Adam's direction before the trust ratio; default 0.01. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/**
 * LAMB: AdamW whose step for each parameter has the size of its weights, for very large batches. Slots as Adam.
 *
 *     r = m̂ / (√v̂ + ε) + λw
 *     w ← w − η ‖w‖/‖r‖ · r,  m̂ and v̂ as Adam
 *
 * Two passes over memory and two norms for each parameter. Biases and gains are usually exempted with `onlyFor`.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: You et al. 2020, algorithm 2 with φ the identity. Golden: test/golden/second_lamb.json (a float64 script of
 *   the algorithm).
 *
 * @example
 * ```ts
 * import { createOptimizer, lamb } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: lamb({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 1.282 -0.352
 * ```
 */
export function lamb(options: LambOptions = {}): GradientTransform {
  checkOptions('lamb', options, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay', 'maximize']);
  return recipe(
    'lamb',
    negatedIf(options.maximize),
    scaleByAdamAs('lamb', { ...options, eps: options.eps ?? 1e-6 }),
    addDecayedWeightsAs('lamb', options.weightDecay ?? 0.01),
    scaleByTrustRatio(),
    descendAs('lamb', options.learningRate ?? 1e-3),
  );
}
