import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkRange, type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { decayParts } from './decay-parts.ts';
import { recipe } from './recipe.ts';

/** Options of `adagrad`. */
export interface AdagradOptions {
  /** Default 1e-2. */
  readonly learningRate?: Hyperparameter;
  /** The rate is divided by 1 + `learningRateDecay` · completed updates; default 0. */
  readonly learningRateDecay?: Hyperparameter;
  /** What the sum of squares begins with; default 0. */
  readonly initialAccumulatorValue?: number;
  /** ε, added outside the square root; default 1e-10. */
  readonly eps?: Hyperparameter;
  /** L2 regularisation, added to the gradient; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof AdagradOptions)[] = [
  'learningRate',
  'learningRateDecay',
  'initialAccumulatorValue',
  'eps',
  'weightDecay',
  'maximize',
];

/**
 * Adagrad with PyTorch's numbers and defaults: divides by the root of the sum of all squares so far. Slot `sum`.
 *
 *     s ← s + g²
 *     w ← w − η/(1 + decay·t) · g / (√s + ε),  t completed updates
 *
 * Differs from tf.train.adagrad, which begins with 0.1 and adds 1e-7 under the root.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: torch.optim.Adagrad; Duchi et al. 2011. Golden: test/golden/optim_adagrad.json.
 *
 * @example
 * ```ts
 * import { adagrad, createOptimizer } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: adagrad({ learningRate: 0.5 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 0.992 -0.292
 * ```
 */
export function adagrad(options: AdagradOptions = {}): GradientTransform {
  checkOptions('adagrad', options, keys);
  const { learningRate = 1e-2, weightDecay = 0 } = options;
  const { first, last } = decayParts('adagrad', { learningRate, weightDecay });
  return recipe('adagrad', negatedIf(options.maximize), first, [adagradStep(options)], last);
}

function adagradStep(options: AdagradOptions): TransformStep {
  const { learningRateDecay = 0, initialAccumulatorValue = 0, eps = 1e-10 } = options;
  return transformStep({
    name: 'scaleByRootOfSum',
    hyperparameters: {
      learningRateDecay: setting('adagrad.learningRateDecay', learningRateDecay, '>= 0'),
      eps: setting('adagrad.eps', eps, '>= 0'),
    },
    settings: { initialAccumulatorValue },
    slots: { sum: checkRange('adagrad.initialAccumulatorValue', initialAccumulatorValue, '>= 0') },
    scalars: ({ hyperparameters, completedUpdates }) => {
      const slowing = 1 + completedUpdates * hyperparameters.learningRateDecay;
      return { slowing, offset: slowing * hyperparameters.eps };
    },
    write: ({ gradient, slot, scalar, define }) => {
      const sum = define('sum', ['+', slot('sum'), ['*', gradient, gradient]]);
      const denominator = ['+', ['*', ['sqrt', sum], scalar('slowing')], scalar('offset')] as const;
      return { gradient: ['/', gradient, denominator], slots: { sum } };
    },
  });
}
