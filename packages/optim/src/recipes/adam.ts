import type { GradientTransform } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
import { addDecayedWeightsAs } from '../transforms/add-decayed-weights.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { type ScaleByAdamOptions, scaleByAdamAs, scaleByAdamKeys } from '../transforms/scale-by-adam.ts';
import { recipe } from './recipe.ts';

/** Options of `adam`. */
export interface AdamOptions extends ScaleByAdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** L2 regularisation, added to the gradient before the moments (coupled); default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/**
 * Adam with PyTorch's numbers and defaults.
 *
 *     g ← g + λw
 *     m ← β₁m + (1 − β₁)g
 *     v ← β₂v + (1 − β₂)g²
 *     w ← w − η m̂ / (√v̂ + ε)
 *     m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.Adam; Kingma & Ba 2015. Golden: test/golden/optim_adam.json.
 *
 * @example
 * ```ts
 * import { adam, createOptimizer } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: adam({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.014 -1.025
 * ```
 */
export function adam(options: AdamOptions = {}): GradientTransform {
  checkOptions('adam', options, [...scaleByAdamKeys, 'learningRate', 'weightDecay', 'maximize']);
  return recipe(
    'adam',
    negatedIf(options.maximize),
    addDecayedWeightsAs('adam', options.weightDecay ?? 0),
    scaleByAdamAs('adam', options),
    descendAs('adam', options.learningRate ?? 1e-3),
  );
}
