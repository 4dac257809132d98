import { type ElementwiseRule, elementwiseRule } from './elementwise-rule.ts';

const largestFloat32 = 3.4028234663852886e38;

/**
 * 1 where a number is finite, 0 where it is NaN or infinite; the one rule for it, since the obvious `x − x = 0` is wrong:
 * compilers of shading languages may assume that x − x is 0. In float64 what float32 cannot hold counts as infinite.
 */
export const finiteRule: ElementwiseRule<'x', never, 'finite'> = /* @__PURE__ */ elementwiseRule({
  name: 'isFinite',
  inputs: ['x'],
  scalars: [],
  definitions: [],
  outputs: [['finite', ['<=', ['abs', 'x'], largestFloat32]]],
});
