import type { Expression } from '@nt/tensor';
import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';

/** Options of `scaleByAdam`. */
export interface ScaleByAdamOptions {
  /** Decay β₁ of the mean, in [0, 1); default 0.9. */
  readonly beta1?: Hyperparameter;
  /** Decay β₂ of the mean square, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added outside the square root; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** Divide by the largest mean square so far (Reddi et al. 2018); default false. */
  readonly amsgrad?: boolean;
}

/** Keys of `ScaleByAdamOptions`, for recipes that have them too. */
export const scaleByAdamKeys: readonly (keyof ScaleByAdamOptions)[] = ['beta1', 'beta2', 'eps', 'amsgrad'];

/**
 * Rescales each gradient by running estimates of its mean and mean square (Adam).
 *
 *   m ← β₁m + (1−β₁)g     v ← β₂v + (1−β₂)g²     out = m̂ / (√v̂ + ε)
 *
 * Slots `expAvg`, `expAvgSq`, and with amsgrad `maxExpAvgSq`.
 *
 * @returns transform; output has the shape of each gradient, unit-free (about ±1)
 * @throws OptimError `optim/out-of-range` when a decay is outside [0, 1)
 * Differs: ε is outside the square root, as torch.optim.Adam; tf.train.adam takes ε from the backend.
 * Source: Kingma & Ba 2015, algorithm 1. Golden: test/golden/optim_adam.json (torch 2.15, float64).
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}): GradientTransform {
  checkOptions('scaleByAdam', options, scaleByAdamKeys);
  return scaleByAdamAs('scaleByAdam', options);
}

/** The same for the recipe `owner`. */
export function scaleByAdamAs(owner: string, options: ScaleByAdamOptions): GradientTransform {
  const { beta1 = 0.9, beta2 = 0.999, eps = 1e-8, amsgrad = false } = options;
  const step = transformStep({
    name: 'scaleByAdam',
    hyperparameters: {
      beta1: setting(`${owner}.beta1`, beta1, 'in [0, 1)'),
      beta2: setting(`${owner}.beta2`, beta2, 'in [0, 1)'),
      eps: setting(`${owner}.eps`, eps, '>= 0'),
    },
    settings: { amsgrad },
    slots: { expAvg: 0, expAvgSq: 0, ...(amsgrad ? { maxExpAvgSq: 0 } : {}) } as Record<AdamSlot, 0>,
    scalars: ({ hyperparameters, completedUpdates }) => adamScalars(hyperparameters, completedUpdates),
    write: ({ gradient, slot, scalar, define }) => {
      const mean = define('expAvg', lerp(slot('expAvg'), gradient, scalar('share1')));
      const square = define('expAvgSq', meanSquare(slot('expAvgSq'), gradient, scalar('beta2'), scalar('share2')));
      const largest = amsgrad ? define('maxExpAvgSq', ['max', slot('maxExpAvgSq'), square]) : square;
      return {
        gradient: ['/', mean, ['+', ['sqrt', largest], scalar('offset')]],
        factor: scalar('stepFactor'),
        slots: { expAvg: mean, expAvgSq: square, ...(amsgrad ? { maxExpAvgSq: largest } : {}) },
      };
    },
  });
  return { name: 'scaleByAdam', steps: [step] };
}

type AdamSlot = 'expAvg' | 'expAvgSq' | 'maxExpAvgSq';

/**
 * m̂ / (√v̂ + ε) = √c₂/c₁ · m / (√v + √c₂ε) with the corrections c = 1 − βᵗ, taken in float64 on the host: one division
 * for each element, no β power that decays in float32, and a factor that joins the learning rate.
 */
export function adamScalars(
  { beta1, beta2, eps }: Readonly<Record<'beta1' | 'beta2' | 'eps', number>>,
  completedUpdates: number,
): Record<'share1' | 'share2' | 'stepFactor' | 'offset', number> {
  const correction1 = 1 - beta1 ** (completedUpdates + 1);
  const root2 = Math.sqrt(1 - beta2 ** (completedUpdates + 1));
  return {
    share1: 1 - beta1,
    share2: 1 - beta2,
    stepFactor: root2 / correction1,
    offset: root2 * eps,
  };
}

/** a + share · (b − a) */
export const lerp = (a: Expression, b: Expression, share: Expression): Expression => [
  '+',
  a,
  ['*', share, ['-', b, a]],
];

/** β₂ v + (1 − β₂) g² */
export const meanSquare = (v: Expression, g: Expression, beta2: Expression, share2: Expression): Expression => [
  '+',
  ['*', beta2, v],
  ['*', share2, ['*', g, g]],
];
