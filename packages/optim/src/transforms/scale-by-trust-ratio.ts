import { elementwiseRule } from '@nt/tensor';
import { type GradientTransform, transformStep } from '../gradient-transform.ts';

const ratioRule = /* @__PURE__ */ elementwiseRule({
  name: 'trustRatio',
  inputs: ['weightNorm', 'updateNorm'],
  scalars: [],
  definitions: [['ratio', ['/', 'weightNorm', 'updateNorm']]],
  outputs: [['trustRatio', ['select', ['>', 'weightNorm', 0], ['select', ['>', 'updateNorm', 0], 'ratio', 1], 1]]],
});

/**
 * Scales the update of each parameter to the size of its weights: `g ← g · ‖w‖ / ‖g‖` (1 where either norm is 0).
 * Ends the fused pass, since the norms must be known.
 *
 * Source: You et al. 2020 (LAMB), with φ the identity.
 */
export function scaleByTrustRatio(): GradientTransform {
  const step = transformStep({
    name: 'scaleByTrustRatio',
    measure: {
      of: 'values',
      measure: (ops, { weight, gradient }) => {
        const norms = { weightNorm: ops.globalNorm([weight]), updateNorm: ops.globalNorm([gradient]) };
        return { scalars: ops.elementwise(ratioRule, norms, {}) };
      },
    },
    write: ({ measured }) => ({ factor: measured('trustRatio') }),
  });
  return { name: 'scaleByTrustRatio', steps: [step] };
}
