import { elementwiseRule, type Tensor, type TensorOps } from '@nt/tensor';
import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { unitAxes } from './unit-axes.ts';

/** Options of `adaptiveGradientClip`. */
export interface AdaptiveGradientClipOptions {
  /** λ: largest ratio of gradient norm to weight norm, > 0; default 0.01. */
  readonly clipping?: Hyperparameter;
  /** Weight norms count as at least this, so that zero weights can move, > 0; default 1e-3. */
  readonly eps?: Hyperparameter;
}

const factorRule = /* @__PURE__ */ elementwiseRule({
  name: 'adaptiveClipFactor',
  inputs: ['gradientNorm', 'weightNorm'],
  scalars: ['clipping', 'eps'],
  definitions: [['largest', ['*', 'clipping', ['max', 'weightNorm', 'eps']]]],
  outputs: [
    ['factor', ['select', ['>', 'gradientNorm', 'largest'], ['/', 'largest', ['max', 'gradientNorm', 1e-6]], 1]],
  ],
});

/**
 * Clips the gradient of each output unit to a share of the norm of that unit's weights. A unit is a column of a kernel
 * `[…, inputs, outputs]`, or a whole vector. Ends the fused pass, since the norms must be known.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`
 * Source: Brock et al. 2021 (NFNets), equation 3.
 */
export function adaptiveGradientClip(options: AdaptiveGradientClipOptions = {}): GradientTransform {
  checkOptions('adaptiveGradientClip', options, ['clipping', 'eps']);
  const step = transformStep({
    name: 'adaptiveGradientClip',
    hyperparameters: {
      clipping: setting('adaptiveGradientClip.clipping', options.clipping ?? 0.01, '> 0'),
      eps: setting('adaptiveGradientClip.eps', options.eps ?? 1e-3, '> 0'),
    },
    measure: {
      of: 'values',
      measure: (ops, { gradient, weight, numbers }) => {
        const norms = { gradientNorm: unitNorm(ops, gradient), weightNorm: unitNorm(ops, weight) };
        const limits = { clipping: numbers['clipping']!, eps: numbers['eps']! };
        return { inputs: { clipped: ops.mul(gradient, ops.elementwise(factorRule, norms, limits).factor) } };
      },
    },
    write: ({ input }) => ({ gradient: input('clipped') }),
  });
  return { name: 'adaptiveGradientClip', steps: [step] };
}

const unitNorm = <T extends Tensor>(ops: TensorOps<T>, x: T): T =>
  ops.sqrt(ops.sum(ops.mul(x, x), unitAxes(x.shape), true));
