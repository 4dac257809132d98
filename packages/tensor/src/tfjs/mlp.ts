import { keep, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../activation.ts';
import { kernelNames, type MlpGradKernelAttributes, type MlpKernelAttributes } from '../kernel-names.ts';
import type { DenseLayer } from '../network-ops.ts';
import { requireLayers } from '../require-layers.ts';
import { composedDense } from './composed-dense.ts';
import { hasKernel, moveToOuterScope, runFused } from './fused-kernel.ts';
import { mergingLinears } from './merging-linears.ts';
import { isDifferentiating, isTaping, keptForGradient, recordOnTape, withoutTape } from './tape.ts';

type Layers = readonly DenseLayer<Tensor>[];

/** Dense layers one after the other: the engine's fused kernel, else stock operations for each. */
export function mlp(x: Tensor, layers: Layers): Tensor {
  requireLayers(x, layers);
  if (hasKernel(kernelNames.mlp)) return isDifferentiating() ? mergingLinears(fused, x, layers) : fused(x, layers);
  return layers.reduce((h, { w, b, activation }) => composedDense(h, w, b, activation), x);
}

function fused(x: Tensor, layers: Layers): Tensor {
  return isTaping() ? recorded(x, layers) : forward(named(x, layers), layers, false)[0]!;
}

/** Inputs of the kernel; x first, see `gradients`. */
function named(x: Tensor, layers: Layers): NamedTensorMap {
  const inputs: NamedTensorMap = { x };
  for (const [i, { w, b }] of layers.entries()) {
    inputs[`w${i}`] = w;
    inputs[`b${i}`] = b;
  }
  return inputs;
}

/** [y] or, with the outputs of the layers before, [y, h1, h2, …]. */
function forward(inputs: NamedTensorMap, layers: Layers, keepHidden: boolean): Tensor[] {
  const attributes: MlpKernelAttributes = { activations: activationsOf(layers), keepHidden };
  return runFused(kernelNames.mlp, inputs, attributes);
}

/**
 * With a tape node of its own: tfjs would copy all that is saved through one kernel call for each tensor, weights
 * included, which costs more than the products of a small batch.
 */
function recorded(x: Tensor, layers: Layers): Tensor {
  const inputs = named(x, layers);
  const saved: Tensor[] = [];
  const [y, backwardInputs] = withoutTape((): [Tensor, NamedTensorMap] => {
    const [output, ...hidden] = forward(inputs, layers, true);
    for (const h of hidden) saved.push(keep(h));
    const kept = (tensor: Tensor): Tensor => keptForGradient(tensor, saved);
    const tensors: NamedTensorMap = { x: kept(x) };
    if (layers.at(-1)!.activation !== 'linear') tensors['y'] = kept(output!);
    for (const [i, h] of hidden.entries()) tensors[`h${i + 1}`] = h;
    for (const [i, { w }] of layers.entries()) tensors[`w${i}`] = kept(w);
    return [output!, tensors];
  });
  recordOnTape(kernelNames.mlp, { inputs, outputs: [y], saved }, ([dy]) =>
    gradients({ dy: dy!, ...backwardInputs }, activationsOf(layers)),
  );
  return y;
}

function gradients(inputs: NamedTensorMap, activations: readonly Activation[]): Record<string, () => Tensor> {
  let results: Tensor[] | undefined;
  // tfjs asks for the inputs in order: when x comes first it is needed, when a weight does, x is a constant.
  const run = (needsInputGradient: boolean): Tensor[] => {
    if (results) return results;
    const attributes: MlpGradKernelAttributes = { activations, needsInputGradient };
    results = runFused(kernelNames.mlpGrad, inputs, attributes);
    moveToOuterScope(results);
    return results;
  };
  const functions: Record<string, () => Tensor> = { x: () => run(true).at(-1)! };
  for (const i of activations.keys()) {
    functions[`w${i}`] = () => run(false)[2 * i]!;
    functions[`b${i}`] = () => run(false)[2 * i + 1]!;
  }
  return functions;
}

const activationsOf = (layers: Layers): Activation[] => layers.map(({ activation }) => activation);
