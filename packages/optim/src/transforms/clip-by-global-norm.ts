import { elementwiseRule } from '@nt/tensor';
import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';

const factorRule = /* @__PURE__ */ elementwiseRule({
  name: 'clipFactor',
  inputs: ['norm'],
  scalars: ['maxNorm'],
  definitions: [],
  outputs: [['factor', ['min', 1, ['/', 'maxNorm', ['+', 'norm', 1e-6]]]]],
});

/**
 * Scales all gradients together so that their joint norm is at most `maxNorm`: `g ← g · min(1, maxNorm / (‖g‖ + 1e-6))`.
 *
 * The formula is that of torch.nn.utils.clip_grad_norm_ (tf.clipByGlobalNorm adds nothing to the norm). Norm and factor
 * stay on the device. Under `onlyFor` the norm is that of the chosen parameters. A NaN makes all gradients NaN, an
 * Infinity makes the others 0: see `skipNonFinite`.
 *
 * @param maxNorm > 0, hyperparameter `maxNorm`
 * @throws OptimError `optim/out-of-range`
 * Golden: test/golden/optim_clip.json (torch 2.15, float64).
 */
export function clipByGlobalNorm(maxNorm: Hyperparameter): GradientTransform {
  const step = transformStep({
    name: 'clipByGlobalNorm',
    hyperparameters: { maxNorm: setting('clipByGlobalNorm.maxNorm', maxNorm, '> 0') },
    measure: {
      of: 'norm',
      measure: (ops, norm, numbers) => ops.elementwise(factorRule, { norm }, { maxNorm: numbers['maxNorm']! }),
    },
    write: ({ measured }) => ({ factor: measured('factor') }),
  });
  return { name: 'clipByGlobalNorm', steps: [step] };
}
