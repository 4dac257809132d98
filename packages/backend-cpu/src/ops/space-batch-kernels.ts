import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride, KernelTable } from '../engine/kernel-call.ts';
import { pad, slice } from './layout-kernels.ts';
import { permute } from './permute.ts';

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/** Padding, then blocks of pixels become images of the batch (for dilated windows). */
const spaceToBatch: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: [number, number][] };
  const rest = Array.from({ length: x.shape.length - 1 - blockShape.length }, () => [0, 0]);
  const all = [[0, 0], ...paddings, ...rest];
  const padded = pad({ backend, inputs: { x }, attributes: { paddings: all, constantValue: 0 } }) as TensorInfo;
  if (!padded) return undefined;
  const cut = backend_util.getReshaped(padded.shape, blockShape, product(blockShape), false);
  const order = backend_util.getPermuted(cut.length, blockShape.length, false);
  const shape = backend_util.getReshapedPermuted(padded.shape, blockShape, product(blockShape), false);
  const result = permute(backend, { ...padded, shape: cut }, order);
  backend.disposeIntermediateTensorInfo(padded);
  return result && { ...result, shape };
};

/** The way back, then what was padded is cut off. */
const batchToSpace: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const { blockShape, crops } = attributes as { blockShape: number[]; crops: number[][] };
  if (util.sizeFromShape(x.shape) === 0) return undefined;
  const cut = backend_util.getReshaped(x.shape, blockShape, product(blockShape));
  const order = backend_util.getPermuted(cut.length, blockShape.length);
  const shape = backend_util.getReshapedPermuted(x.shape, blockShape, product(blockShape));
  const whole = permute(backend, { ...x, shape: cut }, order);
  if (!whole) return undefined;
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
  const size = backend_util.getSliceSize(shape, crops, blockShape.length);
  const result = slice({ backend, inputs: { x: { ...whole, shape } }, attributes: { begin, size } });
  backend.disposeIntermediateTensorInfo(whole);
  return result;
};

export const spaceBatchKernels: KernelTable = { SpaceToBatchND: spaceToBatch, BatchToSpaceND: batchToSpace };
