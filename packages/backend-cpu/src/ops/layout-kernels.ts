import { backend_util, slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride, KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { alsoBooleans } from './booleans.ts';
import { copyAxes, copyStrided, joinAxes, type StridedView } from './copy-strided.ts';
import { permute } from './permute.ts';
import { stridesOf } from './strides-of.ts';

const transpose: KernelOverride = ({ backend, inputs, attributes }) =>
  permute(backend, inputs['x']!, attributes['perm'] as number[]);

export const slice: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const { begin: from, size } = attributes as Record<'begin' | 'size', number[]>;
  const [begin, shape] = slice_util.parseSliceParams(x as never, from, size) as [number[], number[]];
  slice_util.assertParamsValid(x as never, begin, shape);
  const strides = stridesOf(x.shape);
  const start = begin.reduce((total, at, axis) => total + at * strides[axis]!, 0);
  return copyStrided(backend, x, { shape, start, strides });
};

/** Each axis becomes two: the repetition, which does not move in the source, and the axis itself. */
const tile: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const reps = attributes['reps'] as number[];
  const strides = stridesOf(x.shape);
  const shape = x.shape.flatMap((size, axis) => [reps[axis]!, size]);
  const out = copyStrided(backend, x, { shape, start: 0, strides: strides.flatMap((stride) => [0, stride]) });
  return out && { ...out, shape: x.shape.map((size, axis) => size * reps[axis]!) };
};

const concat: KernelOverride = ({ backend, inputs, attributes }) => {
  const tensors = Object.values(inputs).filter(({ shape }) => util.sizeFromShape(shape) > 0);
  const [first] = tensors;
  const storage = first && backend.storageOf(first);
  const alike = tensors.every((tensor) => tensor.dtype === first!.dtype && backend.storageOf(tensor) === storage);
  if (!first || !alike || (storage !== 'float' && storage !== 'int')) return undefined;
  const [axis] = util.parseAxisParam(attributes['axis'] as number, first.shape) as [number];
  backend_util.assertParamsConsistent(
    Object.values(inputs).map((tensor) => tensor.shape),
    axis,
  );
  const total = tensors.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? total : size));
  const sources = tensors.map((tensor) => backend.offsetOf(tensor));
  const out = backend.allocate(shape, first.dtype, storage);
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const outer = util.sizeFromShape(shape.slice(0, axis));
  let start = backend.offsetOf(out);
  tensors.forEach((tensor, i) => {
    const run = tensor.shape[axis]! * inner;
    copyAxes(
      backend,
      sources[i]!,
      start,
      joinAxes([
        { size: outer, from: run, to: total * inner },
        { size: run, from: 1, to: 1 },
      ]),
    );
    start += run * 4;
  });
  return out;
};

/** Undefined for empty tensors and too many axes. */
export const pad: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const paddings = attributes['paddings'] as [number, number][];
  const storage = backend.storageOf(x);
  if ((storage !== 'float' && storage !== 'int') || util.sizeFromShape(x.shape) === 0) return undefined;
  const shape = x.shape.map((size, axis) => size + paddings[axis]![0] + paddings[axis]![1]);
  const [from, to] = [stridesOf(x.shape), stridesOf(shape)];
  const axes = joinAxes(x.shape.map((size, axis) => ({ size, from: from[axis]!, to: to[axis]! })));
  if (axes.length > 8) return undefined;
  const source = backend.offsetOf(x);
  const out = backend.allocate(shape, x.dtype, storage);
  const destination = backend.offsetOf(out);
  const value = [attributes['constantValue'] as number];
  const [bits] = new Int32Array((storage === 'float' ? Float32Array : Int32Array).from(value).buffer);
  backend.kernels.fill({ destination, count: util.sizeFromShape(shape), bits: bits! });
  const start = paddings.reduce((total, [before], axis) => total + before * to[axis]!, 0);
  copyAxes(backend, source, destination + start * 4, axes);
  return out;
};

/** Stacking is joining along an axis of length 1. */
const pack: KernelOverride = ({ backend, inputs, attributes }) => {
  const tensors = Object.values(inputs);
  const [first] = tensors;
  const alike = tensors.every(({ shape }) => util.arraysEqual(shape, first!.shape));
  if (!first || tensors.length === 1 || !alike) return undefined;
  const rank = first.shape.length + 1;
  const axis = ((attributes['axis'] as number) + rank) % rank;
  const shape = [...first.shape.slice(0, axis), 1, ...first.shape.slice(axis)];
  const grown = tensors.map((tensor) => ({ ...tensor, shape }));
  return concat({ backend, inputs: Object.fromEntries(grown.entries()), attributes: { axis } });
};

/** The parts are copied at the same time. */
function copyParts(backend: NtCpuBackend, x: TensorInfo, views: readonly StridedView[]): TensorInfo[] | undefined {
  const isEmpty = views.some(({ shape }) => util.sizeFromShape([...shape]) === 0);
  const storage = backend.storageOf(x);
  if (isEmpty || !storage || (storage === 'byte' && !backend.kernels.integer)) return undefined;
  backend.offsetOf(x); // moving a tensor into the heap is a kernel of its own
  const parts = backend.kernels.together(() => views.map((view) => copyStrided(backend, x, view)));
  return parts.every((part) => part !== undefined) ? (parts as TensorInfo[]) : undefined;
}

const split: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const [axis] = util.parseAxisParam(attributes['axis'] as number, x.shape) as [number];
  const sizes = backend_util.prepareSplitSize(x as never, attributes['numOrSizeSplits'] as number[], axis);
  const strides = stridesOf(x.shape);
  let at = 0;
  const views = sizes.map((size) => {
    const start = at * strides[axis]!;
    at += size;
    return { shape: x.shape.map((all, i) => (i === axis ? size : all)), start, strides };
  });
  return copyParts(backend, x, views);
};

/** Negative strides from the far end. */
const reverse: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  if (x.shape.length === 0) return undefined;
  const turned = util.parseAxisParam(attributes['dims'] as number[], x.shape);
  const all = stridesOf(x.shape);
  const start = turned.reduce((total, axis) => total + (x.shape[axis]! - 1) * all[axis]!, 0);
  const strides = all.map((stride, axis) => (turned.includes(axis) ? -stride : stride));
  return copyStrided(backend, x, { shape: x.shape, start, strides });
};

const stridedSlice: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes as never;
  const info = slice_util.sliceInfo(
    x.shape,
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const shape = slice_util.computeOutShape(info.begin, info.end, info.strides);
  if (info.isIdentity || util.sizeFromShape(shape) === 0) return undefined;
  const all = stridesOf(x.shape);
  const start = info.begin.reduce((total, at, axis) => total + at * all[axis]!, 0);
  const view = { shape, start, strides: info.strides.map((step, axis) => step * all[axis]!) };
  const out = copyStrided(backend, x, view);
  return out && { ...out, shape: info.finalShape };
};

const unpack: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['value']!;
  const axis = ((attributes['axis'] as number) + x.shape.length) % x.shape.length;
  const without = (values: readonly number[]): number[] => values.filter((_, i) => i !== axis);
  const strides = stridesOf(x.shape);
  const view = { shape: without(x.shape), strides: without(strides) };
  const starts = Array.from({ length: x.shape[axis]! }, (_, i) => i * strides[axis]!);
  return copyParts(
    backend,
    x,
    starts.map((start) => ({ ...view, start })),
  );
};

/** Kernels that move elements and compute nothing. */
export const layoutKernels: KernelTable = {
  Transpose: transpose,
  Slice: slice,
  Tile: tile,
  SplitV: split,
  Reverse: reverse,
  StridedSlice: stridedSlice,
  Concat: alsoBooleans(concat),
  PadV2: alsoBooleans(pad),
  Pack: alsoBooleans(pack),
  Unpack: unpack,
};
