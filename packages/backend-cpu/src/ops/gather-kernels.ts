import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { zeros } from './zeros.ts';

/** Rows of x along an axis, by index: each is one copy. Indices out of range are left to the inherited kernel's error. */
const gather: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, indices } = inputs as Record<'x' | 'indices', TensorInfo>;
  const storage = backend.storageOf(x);
  const [axis] = util.parseAxisParam(attributes['axis'] as number, x.shape) as [number];
  if ((storage !== 'float' && storage !== 'int') || attributes['batchDims']) return undefined;
  const chosen = backend.valuesOf(indices) as Int32Array;
  const info = backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, axis, 0);
  const { outerSize, dimSize, sliceSize, outputShape } = info;
  if (chosen.some((index) => index < 0 || index >= dimSize)) return undefined;
  const own = chosen.slice();
  const source = backend.offsetOf(x) / 4;
  const out = backend.allocate(outputShape, x.dtype, storage);
  const { words } = backend.heap;
  let to = backend.offsetOf(out) / 4;
  for (let outer = 0; outer < outerSize; outer++) {
    for (const index of own) {
      const from = source + (outer * dimSize + index) * sliceSize;
      words.copyWithin(to, from, from + sliceSize);
      to += sliceSize;
    }
  }
  return out;
};

/** The gradient of a gather along the first axis: rows are added, in their order, to the rows that their ids name. */
const segmentSum: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', TensorInfo>;
  const numSegments = attributes['numSegments'] as number;
  if (!allFloat(backend, x) || segmentIds.shape.length !== 1) return undefined;
  const ids = (backend.valuesOf(segmentIds) as Int32Array).slice();
  const source = backend.offsetOf(x) / 4;
  const out = zeros(backend, [numSegments, ...x.shape.slice(1)]);
  const destination = backend.offsetOf(out) / 4;
  const width = util.sizeFromShape(x.shape.slice(1));
  const { floats } = backend.heap;
  for (const [row, id] of ids.entries()) {
    if (id < 0 || id >= numSegments) continue;
    const [from, to] = [source + row * width, destination + id * width];
    for (let i = 0; i < width; i++) floats[to + i] = floats[to + i]! + floats[from + i]!;
  }
  return out;
};

/** Kernels that choose elements by index. */
export const gatherKernels: KernelTable = { GatherV2: gather, UnsortedSegmentSum: segmentSum };
