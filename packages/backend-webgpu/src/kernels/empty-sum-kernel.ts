import { backend_util, util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';

/** `tf.sum` of a tensor without elements, as an empty batch is: zeros. tfjs asks for memory of NaN bytes. */
export const emptySumKernel: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  if (util.sizeFromShape(x.shape) > 0) return undefined;
  const axes = util.parseAxisParam((attributes['axis'] as number[] | null | undefined) ?? [], x.shape);
  const all = axes.length > 0 ? axes : x.shape.map((_, axis) => axis);
  const [reduced] = backend_util.computeOutAndReduceShapes(x.shape, all);
  const shape = attributes['keepDims'] === true ? backend_util.expandShapeToKeepDim(reduced, all) : reduced;
  const count = util.sizeFromShape(shape);
  return backend.makeTensorInfo(shape, x.dtype, x.dtype === 'int32' ? new Int32Array(count) : new Float32Array(count));
};
