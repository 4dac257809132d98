import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { type ImageKernels, mostDepthwiseResults } from '../kernels/kernels.ts';
import { binaryKernels } from './binary-kernels.ts';
import { unaryKernels } from './unary-kernels.ts';
import { windowSizes } from './window-sizes.ts';

interface Depthwise {
  readonly image: ImageKernels;
  readonly info: backend_util.Conv2DInfo;
  readonly multiplier: number;
}

/** Undefined for empty results and without kernels for images. */
function depthwiseOf(
  backend: NtCpuBackend,
  attributes: KernelCall['attributes'],
  shape: readonly number[],
  filterShape: readonly number[],
): Depthwise | undefined {
  const { strides, pad, dilations, dimRoundingMode } = attributes as Record<string, never>;
  const { image } = backend.kernels;
  const info = backend_util.computeConv2DInfo(
    shape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides!,
    dilations ?? 1,
    pad!,
    dimRoundingMode,
    true,
  );
  const isEmpty = util.sizeFromShape(info.outShape) * util.sizeFromShape([...filterShape]) === 0;
  if (!image || isEmpty || info.outChannels > mostDepthwiseResults) return undefined;
  return { image, info, multiplier: filterShape[3]! };
}

const hasShape = ({ shape }: TensorInfo, { info }: Depthwise): boolean => util.arraysEqual(shape, info.outShape);

const forward: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, filter } = inputs as Record<'x' | 'filter', TensorInfo>;
  const plan = depthwiseOf(backend, attributes, x.shape, filter.shape);
  if (!plan || !allFloat(backend, x, filter)) return undefined;
  const { image, info, multiplier } = plan;
  const offsets = { x: backend.offsetOf(x), filter: backend.offsetOf(filter) };
  const out = backend.allocate(info.outShape);
  image.depthwise('y', { ...offsets, y: backend.offsetOf(out), multiplier, sizes: windowSizes(info) });
  return out;
};

const inputGradient: KernelOverride = ({ backend, inputs, attributes }) => {
  const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>;
  const plan = depthwiseOf(backend, attributes, attributes['inputShape'] as number[], filter.shape);
  if (!plan || !allFloat(backend, dy, filter) || !hasShape(dy, plan)) return undefined;
  const { image, info, multiplier } = plan;
  const offsets = { y: backend.offsetOf(dy), filter: backend.offsetOf(filter) };
  const out = backend.allocate(info.inShape);
  image.depthwise('x', { ...offsets, x: backend.offsetOf(out), multiplier, sizes: windowSizes(info) });
  return out;
};

const filterGradient: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
  const filterShape = attributes['filterShape'] as number[];
  const plan = depthwiseOf(backend, attributes, x.shape, filterShape);
  if (!plan || !allFloat(backend, x, dy) || !hasShape(dy, plan)) return undefined;
  const { image, info, multiplier } = plan;
  const offsets = { x: backend.offsetOf(x), y: backend.offsetOf(dy) };
  const out = backend.allocate(filterShape);
  image.depthwise('filter', { ...offsets, filter: backend.offsetOf(out), multiplier, sizes: windowSizes(info) });
  return out;
};

/** tfjs's names of activations that are kernels of one tensor. */
const activations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
};

const fused: KernelOverride = (call) => {
  const { backend, inputs, attributes } = call;
  const { bias } = inputs as Record<'bias', TensorInfo | undefined>;
  const activation = (attributes['activation'] as string | undefined) ?? 'linear';
  const known = activation === 'linear' || activation in activations;
  if (!known || !allFloat(backend, bias)) return undefined;
  let out = forward(call) as TensorInfo | undefined;
  const then = (kernel: KernelOverride | undefined, next: KernelCall['inputs'], more: object = {}): void => {
    const [before, after] = [out!, kernel!({ backend, inputs: next, attributes: more as never }) as TensorInfo];
    backend.disposeIntermediateTensorInfo(before);
    out = after;
  };
  if (out && bias) then(binaryKernels['Add'], { a: out, b: bias });
  if (out && activation !== 'linear')
    then(unaryKernels[activations[activation]!], { x: out }, { alpha: attributes['leakyreluAlpha'] });
  return out;
};

/** Convolutions of each channel by itself, and their gradients. */
export const depthwiseKernels: KernelTable = {
  DepthwiseConv2dNative: forward,
  DepthwiseConv2dNativeBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: filterGradient,
  FusedDepthwiseConv2D: fused,
};
