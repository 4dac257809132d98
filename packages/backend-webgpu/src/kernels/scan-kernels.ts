import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';
import { withFloats } from '../engine/with-floats.ts';
import { scanShader } from '../wgsl/scan-shader.ts';
import { threads, words } from '../wgsl/shader.ts';

/**
 * `tf.cumsum` and `tf.cumprod` of float32. tfjs compiles the length into its shader and finds it again without: the second
 * length that is summed backwards, as gradients are, comes out wrong.
 */
const scan =
  (operation: '+' | '*'): KernelOverride =>
  ({ backend, inputs, attributes }) => {
    const given = inputs['x']!;
    const {
      axis = 0,
      exclusive = false,
      reverse = false,
    } = attributes as {
      axis?: number;
      exclusive?: boolean;
      reverse?: boolean;
    };
    if (given.dtype !== 'float32') return undefined;
    return withFloats(backend, [given], ([x]): TensorInfo => {
      const along = util.parseAxisParam(axis, given.shape)[0]!;
      const out = backend.allocate(given.shape);
      const length = given.shape[along] ?? 1;
      const inner = util.sizeFromShape(given.shape.slice(along + 1));
      const lines = util.sizeFromShape(given.shape) / length;
      if (!(lines >= 1)) return out;
      backend.programs.run({
        name: `scan ${operation}`,
        code: () => scanShader(operation),
        parameters: words([lines, length, inner, Number(exclusive), Number(reverse)]),
        bindings: [backend.rangeOf(x!), backend.rangeOf(out)],
        workgroups: Math.ceil(lines / threads),
      });
      return out;
    });
  };

export const cumsumKernel: KernelOverride = scan('+');
export const cumprodKernel: KernelOverride = scan('*');
