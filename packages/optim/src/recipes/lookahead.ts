import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkTransform } from '../options/check-transform.ts';
import { checkInteger, type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { lerp } from '../transforms/scale-by-adam.ts';
import { recipe } from './recipe.ts';

/** Options of `lookahead`. */
export interface LookaheadOptions {
  /** Updates of the inner optimizer between two synchronisations, an integer >= 1; default 5. */
  readonly every?: number;
  /** How far the slow weights follow, in [0, 1]; default 0.5. */
  readonly alpha?: Hyperparameter;
}

/**
 * Lookahead around any recipe: every `every` updates the slow weights follow the weights, and those return to them.
 * The inner state stays. Slot `slowWeight`, the weights before the first update.
 *
 *     w ← inner(w)
 *     after every `every` updates:  s ← s + α(w − s),  w ← s
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Zhang et al. 2019, algorithm 1. Golden: test/golden/second_lookahead.json (a float64 script of the algorithm).
 *
 * @example
 * ```ts
 * import { createOptimizer, lookahead, sgd } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const transform = lookahead(sgd({ learningRate: 0.1 }), { every: 5 });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 1.897 -1.265
 * ```
 */
export function lookahead(inner: GradientTransform, options: LookaheadOptions = {}): GradientTransform {
  checkOptions('lookahead', options, ['every', 'alpha']);
  checkTransform('lookahead', inner);
  const every = checkInteger('lookahead.every', options.every ?? 5, 1);
  return recipe(`lookahead(${inner.name})`, inner, [lookaheadStep(every, options.alpha ?? 0.5)]);
}

const lookaheadStep = (every: number, alpha: Hyperparameter): TransformStep =>
  transformStep({
    name: 'lookahead',
    hyperparameters: { alpha: setting('lookahead.alpha', alpha, 'in [0, 1]') },
    settings: { every },
    slots: { slowWeight: 'weight' },
    scalars: ({ completedUpdates }) => ({ synchronises: (completedUpdates + 1) % every === 0 ? 1 : 0 }),
    write: ({ weight, slot, scalar, define }) => {
      const followed = lerp(slot('slowWeight'), weight, scalar('alpha'));
      const slow = define('slowWeight', ['select', scalar('synchronises'), followed, slot('slowWeight')]);
      return { weight: ['select', scalar('synchronises'), slow, weight], slots: { slowWeight: slow } };
    },
  });
