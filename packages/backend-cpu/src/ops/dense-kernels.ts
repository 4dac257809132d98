import { type Activation, kernelNames, leakyReluSlope, seluAlpha, seluScale } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { requireFloat } from '../engine/require-float.ts';
import { multiply } from './mat-mul-kernels.ts';
import { reduceAxes } from './reduce.ts';
import { runRule, type SmallRule, smallRule } from './run-rule.ts';
import { zeros } from './zeros.ts';

/** activation(x · w + b): bias and activation are applied while the product is written. */
export function denseKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  const { x, w, b } = inputs as Record<'x' | 'w' | 'b', TensorInfo>;
  requireFloat(backend, kernelNames.dense, { x, w, b });
  const activation = attributes['activation'] as Activation;
  return multiply(backend, { a: x, b: w, bias: b, activation, slope: leakyReluSlope });
}

const gradientRules: Readonly<Record<Exclude<Activation, 'linear'>, SmallRule>> = {
  relu: smallRule(['dy', 'y'], ['select', ['>', 'y', 0], 'dy', 0]),
  leakyRelu: smallRule(['dy', 'y'], ['*', 'dy', ['select', ['>', 'y', 0], 1, leakyReluSlope]]),
  softplus: smallRule(['dy', 'y'], ['*', 'dy', ['neg', ['expm1', ['neg', 'y']]]]),
  tanh: smallRule(['dy', 'y'], ['*', 'dy', ['-', 1, ['*', 'y', 'y']]]),
  selu: smallRule(['dy', 'y'], ['*', 'dy', ['select', ['>', 'y', 0], seluScale, ['+', 'y', seluScale * seluAlpha]]]),
  sigmoid: smallRule(['dy', 'y'], ['*', 'dy', ['*', 'y', ['-', 1, 'y']]]),
};

/** Gradients of `dense` for w, b and, when asked for, x. */
export function denseGradKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  const { dy, x, w, y } = inputs as Record<'dy' | 'x' | 'w' | 'y', TensorInfo>;
  requireFloat(backend, kernelNames.denseGrad, { dy, x, w, y });
  const slope = throughActivation(backend, attributes['activation'] as Activation, dy, y);
  const dw = multiply(backend, { a: x, b: slope, transposeA: true });
  const db = reduceAxes(backend, 'sum', slope, [0], 1) ?? zeros(backend, [dy.shape[1]!]);
  const dx = attributes['needsInputGradient'] ? [multiply(backend, { a: slope, b: w, transposeB: true })] : [];
  backend.disposeIntermediateTensorInfo(slope);
  return [dw, db, ...dx];
}

/** dy times the activation's derivative, which follows from the output alone. */
function throughActivation(backend: NtCpuBackend, activation: Activation, dy: TensorInfo, y: TensorInfo): TensorInfo {
  if (activation === 'linear') return backend.share(dy);
  return runRule(backend, gradientRules[activation], [dy, y], dy.shape)!;
}
