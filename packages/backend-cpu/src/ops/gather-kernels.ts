import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { alsoBooleans } from './booleans.ts';
import { stridesOf } from './strides-of.ts';

/** Rows along an axis. */
interface Rows {
  /** Before the axis, along it, behind it. */
  readonly outer: number;
  readonly size: number;
  readonly slice: number;
  readonly shape: readonly number[];
}

/** Copies rows of x by indices that are known to lie in range. */
function gatherRows(backend: NtCpuBackend, x: TensorInfo, indices: TensorInfo, rows: Rows): TensorInfo {
  const { outer, size, slice, shape } = rows;
  const [source, places] = [backend.offsetOf(x), backend.offsetOf(indices)];
  const out = backend.allocate(shape, x.dtype, backend.storageOf(x)!);
  const count = util.sizeFromShape(indices.shape);
  const destination = backend.offsetOf(out);
  backend.kernels.indexed.gather({ source, indices: places, destination, outer, size, slice, count });
  return out;
}

const hasWords = (backend: NtCpuBackend, x: TensorInfo): boolean =>
  backend.storageOf(x) === 'float' || backend.storageOf(x) === 'int';

/** Rows of x along an axis, by index. Indices out of range are left to the inherited kernel's error. */
const gather: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, indices } = inputs as Record<'x' | 'indices', TensorInfo>;
  const [axis] = util.parseAxisParam(attributes['axis'] as number, x.shape) as [number];
  const usual = hasWords(backend, x) && backend.storageOf(indices) === 'int';
  if (!usual || attributes['batchDims']) return undefined;
  const info = backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, axis, 0);
  const { outerSize: outer, dimSize: size, sliceSize: slice, outputShape: shape } = info;
  const { least, most } = backend.rangeOf(indices);
  if (util.sizeFromShape(shape) === 0 || least < 0 || most >= size) return undefined;
  return gatherRows(backend, x, indices, { outer, size, slice, shape });
};

/** Each row of indices is the place of one slice; they become numbers of slices first. */
const gatherNd: KernelOverride = ({ backend, inputs }) => {
  const { params, indices } = inputs as Record<'params' | 'indices', TensorInfo>;
  const usual = hasWords(backend, params) && backend.storageOf(indices) === 'int';
  const depth = indices.shape.at(-1) ?? 0;
  if (!usual || depth === 0 || depth > params.shape.length) return undefined;
  const places = backend.valuesOf(indices) as Int32Array;
  const slice = util.sizeFromShape(params.shape.slice(depth));
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  const size = util.sizeFromShape(params.shape.slice(0, depth));
  const numbers = numberOfSlices(places, params.shape.slice(0, depth));
  if (!numbers || slice === 0 || numbers.length === 0) return undefined;
  const chosen = backend.allocate([numbers.length], 'int32', 'int');
  backend.heap.write(backend.offsetOf(chosen), numbers);
  const out = gatherRows(backend, params, chosen, { outer: 1, size, slice, shape });
  backend.disposeIntermediateTensorInfo(chosen);
  return out;
};

/** Undefined when a place is out of range. */
function numberOfSlices(places: Int32Array, sizes: readonly number[]): Int32Array | undefined {
  const depth = sizes.length;
  const strides = stridesOf(sizes);
  const numbers = new Int32Array(places.length / depth);
  for (let i = 0; i < places.length; i++) {
    const axis = i % depth;
    if (places[i]! < 0 || places[i]! >= sizes[axis]!) return undefined;
    const row = (i - axis) / depth;
    numbers[row] = numbers[row]! + places[i]! * strides[axis]!;
  }
  return numbers;
}

/** The gradient of a gather along the first axis: rows are added, in their order, to the rows that their ids name. */
const segmentSum: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', TensorInfo>;
  const segments = attributes['numSegments'] as number;
  const { indexed } = backend.kernels;
  const usual = allFloat(backend, x) && backend.storageOf(segmentIds) === 'int';
  const [rows, width] = [x.shape[0] ?? 0, util.sizeFromShape(x.shape.slice(1))];
  if (!usual || segmentIds.shape.length !== 1 || segments * rows * width === 0) return undefined;
  const [source, ids] = [backend.offsetOf(x), backend.offsetOf(segmentIds)];
  const out = backend.allocate([segments, ...x.shape.slice(1)]);
  indexed.segmentSum({ source, ids, destination: backend.offsetOf(out), rows, width, segments });
  return out;
};

/** Reflects along one axis after the other, by index. */
const mirrorPad: KernelOverride = ({ backend, inputs, attributes }) => {
  const { paddings, mode } = attributes as { paddings: [number, number][]; mode: 'reflect' | 'symmetric' };
  let x = inputs['x']!;
  if (!hasWords(backend, x) || util.sizeFromShape(x.shape) === 0) return undefined;
  const skip = mode === 'reflect' ? 1 : 0;
  if (x.shape.some((size, axis) => Math.max(...paddings[axis]!) > size - skip)) return undefined;
  x = backend.share(x);
  for (const [axis, [before, behind]] of paddings.entries()) {
    const size = x.shape[axis]!;
    if (before + behind === 0) continue;
    const places = Int32Array.from({ length: before + size + behind }, (_, i) => {
      const at = i - before;
      return at < 0 ? skip - 1 - at : at >= size ? 2 * size - 1 - skip - at : at;
    });
    const chosen = backend.allocate([places.length], 'int32', 'int');
    backend.heap.write(backend.offsetOf(chosen), places);
    const [outer, slice] = [util.sizeFromShape(x.shape.slice(0, axis)), util.sizeFromShape(x.shape.slice(axis + 1))];
    const shape = x.shape.map((length, i) => (i === axis ? places.length : length));
    const grown = gatherRows(backend, x, chosen, { outer, size, slice, shape });
    for (const used of [x, chosen]) backend.disposeIntermediateTensorInfo(used);
    x = grown;
  }
  return x;
};

/** Kernels that choose elements by index. */
export const gatherKernels: KernelTable = {
  GatherV2: alsoBooleans(gather),
  GatherNd: alsoBooleans(gatherNd),
  UnsortedSegmentSum: segmentSum,
  MirrorPad: alsoBooleans(mirrorPad),
};
