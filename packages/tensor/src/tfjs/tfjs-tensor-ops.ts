import * as tf from '@tensorflow/tfjs-core';
import { kernelNames, type RandomUniformKernelAttributes } from '../kernel-names.ts';
import { checkKey } from '../random/philox.ts';
import { keyOf, type RandomKey } from '../random/random-key.ts';
import { uniformValues } from '../random/uniform-values.ts';
import type { ElementwiseRule } from '../rules/elementwise-rule.ts';
import type { TensorOps } from '../tensor-ops.ts';
import { createTensor } from './create-tensor.ts';
import { elementwise, elementwiseEach } from './elementwise.ts';
import { hasKernel, runFused } from './fused-kernel.ts';

/**
 * `TensorOps` on whatever tfjs engine is active when a member is called: what an optimizer needs, at half the size of
 * `tfjsOps`. Registers nothing.
 */
export function tfjsTensorOps(): TensorOps<tf.Tensor> {
  return {
    tensor: createTensor,
    zeros: (shape) => tf.zeros([...shape]),
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    div: tf.div,
    maximum: tf.maximum,
    minimum: tf.minimum,
    abs: tf.abs,
    sqrt: tf.sqrt,
    sum: (x, axis, keepDims) => tf.sum(x, axis as number | number[] | undefined, keepDims),
    reshape: (x, shape) => tf.reshape(x, [...shape]),
    matMul: tf.matMul,
    randomUniform,
    elementwise: (rule, inputs, scalars, options) =>
      elementwise(rule as ElementwiseRule, inputs, scalars, options) as Record<
        (typeof rule.outputs)[number][0],
        tf.Tensor
      >,
    elementwiseEach: (rule, groups, scalars, options) =>
      elementwiseEach(rule as ElementwiseRule, groups, scalars, options) as Record<
        (typeof rule.outputs)[number][0],
        tf.Tensor
      >[],
    globalNorm,
    tidy: (f) => tf.tidy(f as () => tf.TensorContainer) as ReturnType<typeof f>,
    keep: tf.keep,
    dispose: (x) => tf.dispose(x as tf.TensorContainer),
  };
}

function randomUniform(shape: readonly number[], given: RandomKey | (() => RandomKey)): tf.Tensor {
  const key = keyOf(given);
  checkKey(key);
  const late = typeof given === 'function' ? given : undefined;
  const attributes: RandomUniformKernelAttributes = { shape, key, late };
  if (hasKernel(kernelNames.randomUniform)) return runFused(kernelNames.randomUniform, {}, attributes)[0]!;
  return tf.tensor(uniformValues(tf.util.sizeFromShape([...shape]), key), [...shape]);
}

function globalNorm(tensors: readonly tf.Tensor[]): tf.Tensor {
  if (hasKernel(kernelNames.globalNorm)) {
    return runFused(kernelNames.globalNorm, Object.fromEntries(tensors.map((t, i) => [i, t])), {})[0]!;
  }
  return tf.tidy(() => {
    // `square` and not `mul`: on the stock cpu engine it is a plain loop.
    const squares = tensors.map((t) => tf.sum(tf.square(t)));
    return tf.sqrt(squares.reduce((total, square) => tf.add(total, square), tf.scalar(0)));
  });
}
