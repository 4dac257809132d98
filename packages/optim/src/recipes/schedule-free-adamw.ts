import type { Expression } from '@nt/tensor';
import { type GradientTransform, type StepContext, type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkInteger, checkRange, type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { lerp, meanSquare } from '../transforms/scale-by-adam.ts';
import { recipe } from './recipe.ts';

/** Options of `scheduleFreeAdamw`. */
export interface ScheduleFreeAdamwOptions {
  /** Default 2.5e-3. */
  readonly learningRate?: Hyperparameter;
  /** Where between z and their average gradients are taken, in (0, 1); default 0.9. Fixed. */
  readonly beta1?: number;
  /** Decay β₂ of the mean square, in [0, 1); default 0.999. */
  readonly beta2?: Hyperparameter;
  /** ε, added outside the square root; default 1e-8. */
  readonly eps?: Hyperparameter;
  /** Decay λ at the weights that gradients are taken at, multiplied by the learning rate; default 0. */
  readonly weightDecay?: Hyperparameter;
  /** Updates of linear warm-up of the rate; default 0. */
  readonly warmupUpdates?: number;
  /** r: update t counts in the average with t^r; default 0. */
  readonly averagePower?: number;
  /** p: and with the largest rate so far to the power p; default 2. */
  readonly learningRatePower?: number;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof ScheduleFreeAdamwOptions)[] = [
  'learningRate',
  'beta1',
  'beta2',
  'eps',
  'weightDecay',
  'warmupUpdates',
  'averagePower',
  'learningRatePower',
  'maximize',
];

/**
 * Schedule-free AdamW: no decay of the rate is needed, since the weights to evaluate are an average x of the iterates z.
 * The parameters hold y = (1 − β₁) z + β₁ x while training; `useEvaluationWeights()` puts x in. Slots `z`, `expAvgSq`.
 *
 *     y = (1 − β₁)z + β₁x
 *     z ← z − η (g(y) / (√v̂ + ε) + λy)
 *     x ← (1 − c)x + cz,  c = share of z in the average
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Defazio et al. 2024, algorithm 1, with Adam's bias correction in the denominator as in the authors' code.
 *   Golden: test/golden/second_scheduleFreeAdamw.json (a float64 script that keeps x, y and z).
 *
 * @example
 * ```ts
 * import { createOptimizer, scheduleFreeAdamw } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2], [2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: scheduleFreeAdamw({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * optimizer.useEvaluationWeights(); // the average x; useTrainingWeights() goes back
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.468 -1.477
 * ```
 */
export function scheduleFreeAdamw(options: ScheduleFreeAdamwOptions = {}): GradientTransform {
  checkOptions('scheduleFreeAdamw', options, keys);
  return recipe('scheduleFreeAdamw', negatedIf(options.maximize), [scheduleFreeStep(options)]);
}

type Hyper = 'learningRate' | 'beta2' | 'eps' | 'weightDecay';
type Carried = 'weightSum' | 'largestRate';

function scheduleFreeStep(options: ScheduleFreeAdamwOptions): TransformStep {
  const { learningRate = 2.5e-3, beta2 = 0.999, eps = 1e-8, weightDecay = 0 } = options;
  const average = averaging(options);
  const beta1 = checkRange(
    'scheduleFreeAdamw.beta1',
    checkRange('scheduleFreeAdamw.beta1', options.beta1 ?? 0.9, '> 0'),
    'in [0, 1)',
  );
  const decays = weightDecay !== 0;
  return transformStep({
    name: 'scheduleFreeAdamw',
    hyperparameters: {
      learningRate: setting('scheduleFreeAdamw.learningRate', learningRate, '>= 0'),
      beta2: setting('scheduleFreeAdamw.beta2', beta2, 'in [0, 1)'),
      eps: setting('scheduleFreeAdamw.eps', eps, '>= 0'),
      ...(decays ? { weightDecay: setting('scheduleFreeAdamw.weightDecay', weightDecay, '>= 0') } : {}),
    } as Record<Hyper, ReturnType<typeof setting>>,
    settings: { beta1, ...average.settings },
    slots: { z: 'weight', expAvgSq: 0 },
    carried: { weightSum: 0, largestRate: 0 },
    carry: average.carry,
    scalars: (context: StepContext<Hyper, Carried>) => {
      const { beta2 } = context.hyperparameters;
      const rate = average.rateOf(context);
      const share = average.shareOf(context);
      return {
        rate,
        share,
        share2: 1 - beta2,
        correction2: 1 - beta2 ** (context.completedUpdates + 1),
        move: rate * (1 - beta1 * (1 - share)),
      };
    },
    write: ({ gradient, weight, slot, scalar, define }) => {
      const square = define('expAvgSq', meanSquare(slot('expAvgSq'), gradient, scalar('beta2'), scalar('share2')));
      const adam: Expression = ['/', gradient, ['+', ['sqrt', ['/', square, scalar('correction2')]], scalar('eps')]];
      const step = define('step', decays ? ['+', adam, ['*', scalar('weightDecay'), weight]] : adam);
      return {
        weight: ['-', lerp(weight, slot('z'), scalar('share')), ['*', scalar('move'), step]],
        slots: { z: ['-', slot('z'), ['*', scalar('rate'), step]], expAvgSq: square },
      };
    },
    evaluate: ({ weight, slot }) => lerp(weight, slot('z'), 1 - 1 / beta1),
  });
}

/** How much each iterate counts in the average: t^r · (largest rate)^p. */
function averaging(options: ScheduleFreeAdamwOptions) {
  const warmup = checkInteger('scheduleFreeAdamw.warmupUpdates', options.warmupUpdates ?? 0, 0);
  const power = checkRange('scheduleFreeAdamw.averagePower', options.averagePower ?? 0, '>= 0');
  const ratePower = checkRange('scheduleFreeAdamw.learningRatePower', options.learningRatePower ?? 2, '>= 0');
  type Context = StepContext<Hyper, Carried>;
  const rateOf = ({ hyperparameters, completedUpdates }: Context): number =>
    hyperparameters.learningRate * (warmup > 0 ? Math.min(1, (completedUpdates + 1) / warmup) : 1);
  const weightOf = (completedUpdates: number, largestRate: number): number =>
    (completedUpdates + 1) ** power * largestRate ** ratePower;
  const carry = (context: Context): Record<Carried, number> => {
    const largestRate = Math.max(rateOf(context), context.carried.largestRate);
    return { largestRate, weightSum: context.carried.weightSum + weightOf(context.completedUpdates, largestRate) };
  };
  /** Of the newest iterate in the average, once `carry` has added it; 0 while every rate was 0. */
  const shareOf = ({ completedUpdates, carried }: Context): number =>
    carried.weightSum === 0 ? 0 : weightOf(completedUpdates, carried.largestRate) / carried.weightSum;
  const settings = { warmupUpdates: warmup, averagePower: power, learningRatePower: ratePower };
  return { rateOf, carry, shareOf, settings };
}
