import { add, customGrad, getGradient, matMul, registerGradient, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../activation.ts';
import { kernelNames } from '../kernel-names.ts';
import { TensorError } from '../tensor-error.ts';
import { activate, activationGradient } from './activation-ops.ts';
import { hasKernel, moveToOuterScope, runFused } from './fused-kernel.ts';

/** `activation(x · w + b)`: the engine's fused kernel, else stock operations under one gradient of our own. */
export function dense(x: Tensor, w: Tensor, b: Tensor, activation: Activation): Tensor {
  checkShapes(x, w, b);
  if (hasKernel(kernelNames.dense)) return runFused(kernelNames.dense, { x, w, b }, { activation })[0]!;
  return composedDense(x, w, b, activation);
}

function composedDense(x: Tensor, w: Tensor, b: Tensor, activation: Activation): Tensor {
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

/** Lets tfjs's tape find the backward kernel of `NtDense`; the input's gradient is computed only when it is needed. */
export function registerDenseGradient(): void {
  if (getGradient(kernelNames.dense)) return;
  registerGradient({
    kernelName: kernelNames.dense,
    inputsToSave: ['x', 'w'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const [x, w, y] = saved as [Tensor, Tensor, Tensor];
      let results: Tensor[] | undefined;
      // tfjs asks for the inputs in order: when x comes first it is needed, when w or b does, x is a constant.
      const run = (needsInputGradient: boolean): Tensor[] => {
        if (results) return results;
        const kernelAttributes = { ...attributes, needsInputGradient };
        results = runFused(kernelNames.denseGrad, { dy: dy as Tensor, x, w, y }, kernelAttributes);
        moveToOuterScope(results);
        return results;
      };
      return { x: () => run(true)[2]!, w: () => run(false)[0]!, b: () => run(false)[1]! };
    },
  });
}

function checkShapes(x: Tensor, w: Tensor, b: Tensor): void {
  const fits = x.rank === 2 && w.rank === 2 && b.rank === 1 && x.shape[1] === w.shape[0] && b.shape[0] === w.shape[1];
  if (fits) return;
  throw new TensorError(
    'tensor/shape',
    `dense: expected x [batch, inputs], w [inputs, outputs], b [outputs]; got [${x.shape}], [${w.shape}], [${b.shape}].`,
    { x: x.shape, w: w.shape, b: b.shape },
  );
}
