import type { GradientTransform } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { accumulateMomentumAs } from '../transforms/accumulate-momentum.ts';
import { addDecayedWeightsAs } from '../transforms/add-decayed-weights.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { recipe } from './recipe.ts';

/** Options of `sgd`. */
export interface SgdOptions {
  /** Default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** μ; default 0, which keeps no buffer. */
  readonly momentum?: Hyperparameter;
  /** τ: later gradients enter the buffer times 1 − τ; default 0; needs momentum. */
  readonly dampening?: Hyperparameter;
  /** Nesterov's momentum; needs momentum and no dampening; default false. */
  readonly nesterov?: boolean;
  /** L2 regularisation, added to the gradient; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/**
 * Stochastic gradient descent with PyTorch's momentum, dampening and Nesterov's variant.
 *
 *     g ← g + λw
 *     b ← μb + (1 − τ)g
 *     w ← w − ηb   (nesterov: w − η(g + μb))
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`, `optim/option` for momentum options without momentum
 * Source: torch.optim.SGD. Golden: test/golden/optim_sgd.json.
 *
 * @example
 * ```ts
 * import { createOptimizer, sgd } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: sgd({ learningRate: 0.1, momentum: 0.9 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> -1.766 1.178
 * ```
 */
export function sgd(options: SgdOptions = {}): GradientTransform {
  checkOptions('sgd', options, ['learningRate', 'momentum', 'dampening', 'nesterov', 'weightDecay', 'maximize']);
  const { momentum = 0, dampening = 0, nesterov = false } = options;
  setting('sgd.momentum', momentum, '>= 0');
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new OptimError(
      'optim/option',
      'sgd: nesterov needs momentum > 0 and dampening 0; set them or leave nesterov out.',
      { ...options },
    );
  }
  if (momentum === 0 && dampening !== 0) {
    throw new OptimError(
      'optim/option',
      'sgd: dampening has no effect without momentum; set momentum or leave dampening out.',
      { ...options },
    );
  }
  return recipe(
    'sgd',
    negatedIf(options.maximize),
    addDecayedWeightsAs('sgd', options.weightDecay ?? 0),
    momentum === 0 ? [] : accumulateMomentumAs('sgd', { momentum, dampening, nesterov }),
    descendAs('sgd', options.learningRate ?? 1e-3),
  );
}
