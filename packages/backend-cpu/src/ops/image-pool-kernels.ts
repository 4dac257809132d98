import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { windowSizes } from './window-sizes.ts';

type Image = [number, number, number, number];

function poolInfo(x: TensorInfo, attributes: KernelCall['attributes']): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as Record<string, never>;
  return backend_util.computePool2DInfo(x.shape as Image, filterSize!, strides!, 1, pad!, dimRoundingMode);
}

function pool(average: boolean): KernelOverride {
  return ({ backend, inputs, attributes }) => {
    const x = inputs['x']!;
    const { image } = backend.kernels;
    const info = poolInfo(x, attributes);
    const trivial = info.filterHeight === 1 && info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape);
    if (!image || trivial || !allFloat(backend, x) || util.sizeFromShape(info.outShape) === 0) return undefined;
    const source = backend.offsetOf(x);
    const out = backend.allocate(info.outShape);
    image.pool2d({ x: source, y: backend.offsetOf(out), average, sizes: windowSizes(info) });
    return out;
  };
}

function poolGrad(average: boolean): KernelOverride {
  return ({ backend, inputs, attributes }) => {
    const { dy, input } = inputs as Record<'dy' | 'input', TensorInfo>;
    const { image } = backend.kernels;
    if (!image || !allFloat(backend, dy, input) || util.sizeFromShape(dy.shape) === 0) return undefined;
    const offsets = { y: backend.offsetOf(input), dy: backend.offsetOf(dy) };
    const out = backend.allocate(input.shape);
    image.pool2dGrad({
      x: backend.offsetOf(out),
      ...offsets,
      average,
      sizes: windowSizes(poolInfo(input, attributes)),
    });
    return out;
  };
}

/** 2-D pooling of [batch, height, width, channels], and its gradients. */
export const imagePoolKernels: KernelTable = {
  MaxPool: pool(false),
  AvgPool: pool(true),
  MaxPoolGrad: poolGrad(false),
  AvgPoolGrad: poolGrad(true),
};
