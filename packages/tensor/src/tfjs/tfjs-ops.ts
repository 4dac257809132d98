import * as tf from '@tensorflow/tfjs-core';
import type { NetworkOps } from '../network-ops.ts';
import { digammaRule, logGammaRule } from '../rules/log-gamma-rules.ts';
import { checkedTranspose } from './checked-layout.ts';
import { constMatMul, registerConstMatMulGradient } from './const-mat-mul.ts';
import { borrowTensor } from './create-tensor.ts';
import { createVariable } from './create-variable.ts';
import { elementwise } from './elementwise.ts';
import { mlp } from './mlp.ts';
import { pool1d, registerPoolGradient } from './pool-1d.ts';
import { recompute } from './recompute.ts';
import { registerGradients } from './register-gradients.ts';
import { shapeOps } from './shape-ops.ts';
import { tfjsTensorOps } from './tfjs-tensor-ops.ts';
import { variableGrads } from './variable-grads.ts';

/**
 * `NetworkOps` on whatever tfjs engine is active when a member is called. For programs that already use tfjs; a
 * `Backend` gives the same operations bound to one engine.
 *
 * Registers the gradients that `@tensorflow/tfjs-core` leaves out (those already registered stay).
 */
export function tfjsOps(): NetworkOps<tf.Tensor> {
  registerGradients();
  registerPoolGradient();
  registerConstMatMulGradient();
  return {
    ...tfjsTensorOps(),
    ...shapeOps,
    borrow: borrowTensor,
    exp: tf.exp,
    log: tf.log,
    softplus: tf.softplus,
    reverse: tf.reverse,
    transpose: checkedTranspose,
    dense: (x, w, b, activation) => mlp(x, [{ w, b, activation }]),
    mlp,
    maxPool1d: (x, { kernelSize }) => pool1d('max', x, kernelSize),
    avgPool1d: (x, { kernelSize }) => pool1d('avg', x, kernelSize),
    constMatMul,
    logGamma,
    recompute,
    variable: createVariable,
    variableGrads,
  };
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
