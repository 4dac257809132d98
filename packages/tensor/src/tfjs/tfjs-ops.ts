import * as tf from '@tensorflow/tfjs-core';
import { kernelNames } from '../kernel-names.ts';
import type { NetworkOps } from '../network-ops.ts';
import { uniformValues } from '../random/uniform-values.ts';
import type { ElementwiseRule } from '../rules/elementwise-rule.ts';
import { digammaRule, logGammaRule } from '../rules/log-gamma-rules.ts';
import { checkedSlice, checkedTranspose } from './checked-layout.ts';
import { constMatMul, registerConstMatMulGradient } from './const-mat-mul.ts';
import { createTensor } from './create-tensor.ts';
import { createVariable } from './create-variable.ts';
import { dense, registerDenseGradient } from './dense.ts';
import { elementwise } from './elementwise.ts';
import { hasKernel, runFused } from './fused-kernel.ts';
import { pool1d, registerPoolGradient } from './pool-1d.ts';
import { recompute } from './recompute.ts';
import { registerGradients } from './register-gradients.ts';
import { variableGrads } from './variable-grads.ts';

/**
 * `NetworkOps` on whatever tfjs engine is active when a member is called. For programs that already use tfjs; a
 * `Backend` gives the same operations bound to one engine.
 *
 * Registers the gradients that `@tensorflow/tfjs-core` leaves out (those already registered stay).
 */
export function tfjsOps(): NetworkOps<tf.Tensor> {
  registerGradients();
  registerDenseGradient();
  registerPoolGradient();
  registerConstMatMulGradient();
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
    exp: tf.exp,
    log: tf.log,
    softplus: tf.softplus,
    sum: (x, axis, keepDims) => tf.sum(x, axis as number | number[] | undefined, keepDims),
    reshape: (x, shape) => tf.reshape(x, [...shape]),
    matMul: tf.matMul,
    concat: (tensors, axis) => tf.concat([...tensors], axis),
    slice: checkedSlice,
    reverse: tf.reverse,
    transpose: checkedTranspose,
    randomUniform: (shape, key) => tf.tensor(uniformValues(tf.util.sizeFromShape([...shape]), key), [...shape]),
    elementwise: (rule, inputs, scalars, options) =>
      elementwise(rule as ElementwiseRule, inputs, scalars, options?.donate) as Record<
        (typeof rule.outputs)[number][0],
        tf.Tensor
      >,
    globalNorm,
    tidy: (f) => tf.tidy(f as () => tf.TensorContainer) as ReturnType<typeof f>,
    keep: tf.keep,
    dispose: (x) => tf.dispose(x as tf.TensorContainer),
    dense,
    maxPool1d: (x, { kernelSize }) => pool1d('max', x, kernelSize),
    avgPool1d: (x, { kernelSize }) => pool1d('avg', x, kernelSize),
    constMatMul,
    logGamma,
    recompute,
    variable: createVariable,
    variableGrads,
  };
}

function globalNorm(tensors: readonly tf.Tensor[]): tf.Tensor {
  if (hasKernel(kernelNames.globalNorm)) {
    return runFused(kernelNames.globalNorm, Object.fromEntries(tensors.map((t, i) => [i, t])), {})[0]!;
  }
  return tf.tidy(() => {
    const squares = tensors.map((t) => tf.sum(tf.mul(t, t)));
    return tf.sqrt(squares.reduce((total, square) => tf.add(total, square), tf.scalar(0)));
  });
}

function logGamma(x: tf.Tensor): tf.Tensor {
  const withGradient = tf.customGrad((...parameters) => {
    const [input, save] = parameters as unknown as [tf.Tensor, tf.GradSaveFunc];
    save([input]);
    return {
      value: elementwise(logGammaRule, { x: input }, {})['y']!,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, elementwise(digammaRule, { x: saved[0]! }, {})['y']!),
    };
  });
  return withGradient(x);
}
