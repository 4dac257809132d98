import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp } from '../transforms/scale-by-adam.ts';
import { recipe } from './recipe.ts';

/** Options of `lion`. */
export interface LionOptions {
  /** Default 1e-4; 3 to 10 times less than for AdamW. */
  readonly learningRate?: Hyperparameter;
  /** Share of the momentum in the direction, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay of the momentum, in [0, 1); default 0.99. */
  readonly beta2?: Hyperparameter;
  /** Decoupled decay, multiplied by the learning rate; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

/**
 * Lion: moves each weight by ± the learning rate. Slot `expAvg`.
 *
 *     u = sign(β₁m + (1 − β₁)g)
 *     w ← w(1 − ηλ) − ηu
 *     m ← β₂m + (1 − β₂)g
 *
 * A NaN in the gradient makes the weight NaN on every engine (a plain sign would hide it on some).
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Chen et al. 2023, algorithm 2. Golden: test/golden/second_lion.json (a float64 script of the algorithm).
 *
 * @example
 * ```ts
 * import { createOptimizer, lion } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: lion({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.000 -1.000
 * ```
 */
export function lion(options: LionOptions = {}): GradientTransform {
  checkOptions('lion', options, ['learningRate', 'beta1', 'beta2', 'weightDecay', 'maximize']);
  const { learningRate = 1e-4, weightDecay = 0 } = options;
  return recipe('lion', negatedIf(options.maximize), [lionStep(options)], descendAs('lion', learningRate, weightDecay));
}

function lionStep({ beta1 = 0.9, beta2 = 0.99 }: LionOptions): TransformStep {
  return transformStep({
    name: 'scaleByLion',
    hyperparameters: {
      beta1: setting('lion.beta1', beta1, 'in [0, 1)'),
      beta2: setting('lion.beta2', beta2, 'in [0, 1)'),
    },
    slots: { expAvg: 0 },
    scalars: ({ hyperparameters: { beta1, beta2 } }) => ({ share1: 1 - beta1, share2: 1 - beta2 }),
    write: ({ gradient, slot, scalar, define }) => {
      const mixed = define('mixed', lerp(slot('expAvg'), gradient, scalar('share1')));
      return {
        gradient: ['select', ['==', mixed, 0], 0, ['/', mixed, ['abs', mixed]]],
        slots: { expAvg: lerp(slot('expAvg'), gradient, scalar('share2')) },
      };
    },
  });
}
