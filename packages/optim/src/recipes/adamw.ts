import type { GradientTransform } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import type { Hyperparameter } from '../options/hyperparameter.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { type ScaleByAdamOptions, scaleByAdamAs, scaleByAdamKeys } from '../transforms/scale-by-adam.ts';
import { recipe } from './recipe.ts';

/** Options of `adamw`. */
export interface AdamwOptions extends ScaleByAdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decoupled decay, multiplied by the learning rate; default 0.01. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/** Keys of `AdamwOptions`. */
export const adamwKeys: readonly (keyof AdamwOptions)[] = [
  ...scaleByAdamKeys,
  'learningRate',
  'weightDecay',
  'maximize',
];

/**
 * AdamW with PyTorch's numbers and defaults: Adam whose weight decay does not pass through the moments.
 *
 *     m ← β₁m + (1 − β₁)g
 *     v ← β₂v + (1 − β₂)g²
 *     w ← w(1 − ηλ) − η m̂ / (√v̂ + ε)
 *     m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.AdamW; Loshchilov & Hutter 2019. Golden: test/golden/optim_adamw.json.
 *
 * @example
 * ```ts
 * import { adamw, createOptimizer } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const transform = adamw({ learningRate: 0.1, weightDecay: 0.1 });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 1.776 -0.883
 * ```
 */
export function adamw(options: AdamwOptions = {}): GradientTransform {
  checkOptions('adamw', options, adamwKeys);
  return recipe(
    'adamw',
    negatedIf(options.maximize),
    scaleByAdamAs('adamw', options),
    descendAs('adamw', options.learningRate ?? 1e-3, options.weightDecay ?? 0.01),
  );
}
