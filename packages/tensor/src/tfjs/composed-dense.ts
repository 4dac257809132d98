import { add, customGrad, matMul, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../activation.ts';
import { activate, activationGradient } from './activation-ops.ts';

/** `activation(x · w + b)` of stock operations under one gradient of our own. */
export function composedDense(x: Tensor, w: Tensor, b: Tensor, activation: Activation): Tensor {
  const withGradient = customGrad((...parameters) => {
    const [input, weights, bias, save] = parameters as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const value = activate(activation, add(matMul(input, weights), bias));
    save([input, weights, value]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [savedInput, savedWeights, y] = saved as [Tensor, Tensor, Tensor];
      const slope = activationGradient(activation, dy, y);
      return [matMul(slope, savedWeights, false, true), matMul(savedInput, slope, true, false), sum(slope, 0)];
    };
    return { value, gradFunc };
  });
  return withGradient(x, w, b);
}
