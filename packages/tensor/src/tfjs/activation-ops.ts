import {
  add,
  expm1,
  greater,
  leakyRelu,
  mul,
  neg,
  relu,
  selu,
  sigmoid,
  softplus,
  sub,
  type Tensor,
  tanh,
  where,
} from '@tensorflow/tfjs-core';
import { type Activation, leakyReluSlope, seluAlpha, seluScale } from '../activation.ts';

/** Applies an activation with stock operations. */
export function activate(activation: Activation, x: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return relu(x);
    case 'leakyRelu':
      return leakyRelu(x, leakyReluSlope);
    case 'softplus':
      return softplus(x);
    case 'tanh':
      return tanh(x);
    case 'selu':
      return selu(x);
    case 'sigmoid':
      return sigmoid(x);
  }
}

/** dy times the activation's derivative, which is computed from the output y. */
export function activationGradient(activation: Activation, dy: Tensor, y: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return dy;
    case 'relu':
      return mul(dy, greater(y, 0));
    case 'leakyRelu':
      return where(greater(y, 0), dy, mul(dy, leakyReluSlope));
    case 'softplus':
      return mul(dy, neg(expm1(neg(y))));
    case 'tanh':
      return mul(dy, sub(1, mul(y, y)));
    case 'selu':
      return mul(dy, where(greater(y, 0), seluScale, add(y, seluScale * seluAlpha)));
    case 'sigmoid':
      return mul(dy, mul(y, sub(1, y)));
  }
}
