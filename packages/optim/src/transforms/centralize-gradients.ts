import { type GradientTransform, transformStep } from '../gradient-transform.ts';
import { scaleTensor } from '../small-rules.ts';
import { unitAxes } from './unit-axes.ts';

/**
 * Subtracts from each output unit's gradient its mean, so that a unit's weights keep their sum. Kernels
 * `[…, inputs, outputs]` of rank 2 and more; vectors pass unchanged. Ends the fused pass.
 *
 * Source: Yong et al. 2020, equation 1 (whose kernels have the outputs first).
 */
export function centralizeGradients(): GradientTransform {
  const step = transformStep({
    name: 'centralizeGradients',
    appliesTo: ({ shape }) => shape.length > 1,
    measure: {
      of: 'values',
      measure: (ops, { gradient }) => {
        const axes = unitAxes(gradient.shape);
        const size = axes.reduce((product, axis) => product * gradient.shape[axis]!, 1);
        const mean = scaleTensor(ops, ops.sum(gradient, axes, true), 1 / size);
        return { inputs: { centralized: ops.sub(gradient, mean) } };
      },
    },
    write: ({ input }) => ({ gradient: input('centralized') }),
  });
  return { name: 'centralizeGradients', steps: [step] };
}
