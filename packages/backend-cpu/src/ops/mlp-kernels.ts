import {
  type Activation,
  kernelNames,
  leakyReluSlope,
  type MlpGradKernelAttributes,
  type MlpKernelAttributes,
  seluAlpha,
  seluScale,
} from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { requireFloat } from '../engine/require-float.ts';
import { multiply } from './mat-mul-kernels.ts';
import { reduceAxes } from './reduce.ts';
import { runRule, type SmallRule, smallRule } from './run-rule.ts';
import { zeros } from './zeros.ts';

/** Dense layers in a row: bias and activation are applied while each product is written. */
export function mlpKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  requireFloat(backend, kernelNames.mlp, inputs);
  const { activations, keepHidden } = attributes as unknown as MlpKernelAttributes;
  const outputs: TensorInfo[] = [];
  for (const [i, activation] of activations.entries()) {
    const w = inputs[`w${i}`]!;
    const a = outputs.at(-1) ?? inputs['x']!;
    const isHidden = i < activations.length - 1;
    const isHalf = keepHidden && isHidden && backend.rounding.isOn && halfIsEnough.has(activation);
    const product = { a, b: w, bias: inputs[`b${i}`]!, halfColumns: halfColumnsOf(a, w) };
    const storage = isHalf ? 'bfloat16' : 'float32';
    outputs.push(multiply(backend, { ...product, storage, activation, slope: leakyReluSlope }));
  }
  const hidden = outputs.slice(0, -1);
  if (keepHidden) return [outputs.at(-1)!, ...hidden];
  for (const tensor of hidden) backend.disposeIntermediateTensorInfo(tensor);
  return [outputs.at(-1)!];
}

/**
 * Activations whose outputs are kept as bfloat16 where products round: those products round them anyway, and of these
 * the derivative asks for the sign alone, so that no bit of a gradient changes.
 */
const halfIsEnough: ReadonlySet<Activation> = new Set<Activation>(['linear', 'relu', 'leakyRelu']);

/** Columns of a layer's input when it is stored as bfloat16; `w` are the layer's weights. */
const halfColumnsOf = (x: TensorInfo, w: TensorInfo): number | undefined =>
  x.dtype === 'int32' ? w.shape[0] : undefined;

const gradientRules: Readonly<Record<Exclude<Activation, 'linear'>, SmallRule>> = {
  relu: smallRule(['dy', 'y'], ['select', ['>', 'y', 0], 'dy', 0]),
  leakyRelu: smallRule(['dy', 'y'], ['*', 'dy', ['select', ['>', 'y', 0], 1, leakyReluSlope]]),
  softplus: smallRule(['dy', 'y'], ['*', 'dy', ['neg', ['expm1', ['neg', 'y']]]]),
  tanh: smallRule(['dy', 'y'], ['*', 'dy', ['-', 1, ['*', 'y', 'y']]]),
  selu: smallRule(['dy', 'y'], ['*', 'dy', ['select', ['>', 'y', 0], seluScale, ['+', 'y', seluScale * seluAlpha]]]),
  sigmoid: smallRule(['dy', 'y'], ['*', 'dy', ['*', 'y', ['-', 1, 'y']]]),
};

/** Gradients of `mlp` for each w and b and, when asked for, x. */
export function mlpGradKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  const isHidden = (name: string): boolean => /^h\d/.test(name);
  requireFloat(
    backend,
    kernelNames.mlpGrad,
    Object.fromEntries(Object.entries(inputs).filter(([name]) => !isHidden(name))),
  );
  const { activations, needsInputGradient } = attributes as unknown as MlpGradKernelAttributes;
  const gradients: TensorInfo[] = [];
  let dy = throughActivation(backend, activations.at(-1)!, inputs['dy']!, inputs['y']);
  for (let i = activations.length - 1; i >= 0; i--) {
    const x = inputs[i === 0 ? 'x' : `h${i}`]!;
    const before = i === 0 ? 'linear' : activations[i - 1]!;
    const needsDx = i > 0 || needsInputGradient;
    const { dw, db, dx } = layerGradients(backend, { dy, x, w: inputs[`w${i}`]!, before, needsDx });
    gradients.unshift(dw, db);
    backend.disposeIntermediateTensorInfo(dy);
    if (!dx) return gradients;
    dy = dx;
  }
  return [...gradients, dy];
}

interface LayerCall {
  /** Gradient of the layer's sums. */
  readonly dy: TensorInfo;
  /** Its input: what the layer before has put out. */
  readonly x: TensorInfo;
  readonly w: TensorInfo;
  /** Activation of the layer before. */
  readonly before: Activation;
  readonly needsDx: boolean;
}

interface LayerGradients {
  readonly dw: TensorInfo;
  readonly db: TensorInfo;
  /** Gradient of the sums of the layer before. */
  readonly dx?: TensorInfo;
}

/** Three kernels that do not need each other's results, so that threads share them out together. */
function layerGradients(backend: NtCpuBackend, { dy, x, w, before, needsDx }: LayerCall): LayerGradients {
  const compute = (): LayerGradients => {
    const db = reduceAxes(backend, 'sum', dy, [0], 1) ?? zeros(backend, [dy.shape[1]!]);
    const dw = multiply(backend, { a: x, b: dy, transposeA: true, halfColumns: halfColumnsOf(x, w) });
    if (!needsDx) return { dw, db };
    const through = { activation: before, y: x, slope: leakyReluSlope };
    return { dw, db, dx: multiply(backend, { a: dy, b: w, transposeB: true, through }) };
  };
  // Empty sums are several kernels in a row.
  const isEmpty = [dy, x].some(({ shape }) => util.sizeFromShape(shape) === 0);
  if (isEmpty) return compute();
  for (const tensor of [dy, x, w]) backend.offsetOf(tensor); // moving a tensor into the heap is a kernel of its own
  return backend.kernels.together(compute);
}

/** dy times the activation's derivative, which follows from the output alone. */
function throughActivation(
  backend: NtCpuBackend,
  activation: Activation,
  dy: TensorInfo,
  y: TensorInfo | undefined,
): TensorInfo {
  if (activation === 'linear') return backend.share(dy);
  return runRule(backend, gradientRules[activation], [dy, y!], dy.shape)!;
}
