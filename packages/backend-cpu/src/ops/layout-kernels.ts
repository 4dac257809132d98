import { backend_util, slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride, KernelTable } from '../engine/kernel-call.ts';
import { copyAxes, copyStrided, joinAxes } from './copy-strided.ts';
import { permute } from './permute.ts';

const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => util.sizeFromShape(shape.slice(axis + 1)));

const transpose: KernelOverride = ({ backend, inputs, attributes }) =>
  permute(backend, inputs['x']!, attributes['perm'] as number[]);

const slice: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const { begin: from, size } = attributes as Record<'begin' | 'size', number[]>;
  const [begin, shape] = slice_util.parseSliceParams(x as never, from, size) as [number[], number[]];
  slice_util.assertParamsValid(x as never, begin, shape);
  const strides = stridesOf(x.shape);
  const start = begin.reduce((total, at, axis) => total + at * strides[axis]!, 0);
  return copyStrided(backend, x, { shape, start, strides });
};

/** The reversed axes are walked from their end, backwards. */
const reverse: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const reversed = util.parseAxisParam(attributes['dims'] as number[], x.shape);
  const strides = stridesOf(x.shape);
  const start = reversed.reduce((total, axis) => total + (x.shape[axis]! - 1) * strides[axis]!, 0);
  const backwards = strides.map((stride, axis) => (reversed.includes(axis) ? -stride : stride));
  return copyStrided(backend, x, { shape: x.shape, start, strides: backwards });
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

const pad: KernelOverride = ({ backend, inputs, attributes }) => {
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

const unpack: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['value']!;
  const axis = ((attributes['axis'] as number) + x.shape.length) % x.shape.length;
  const without = (values: readonly number[]): number[] => values.filter((_, i) => i !== axis);
  const strides = stridesOf(x.shape);
  const view = { shape: without(x.shape), strides: without(strides) };
  const parts: TensorInfo[] = [];
  for (let i = 0; i < x.shape[axis]!; i++) {
    const part = copyStrided(backend, x, { ...view, start: i * strides[axis]! });
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
};

/** Kernels that move elements and compute nothing. */
export const layoutKernels: KernelTable = {
  Transpose: transpose,
  Slice: slice,
  Reverse: reverse,
  Tile: tile,
  Concat: concat,
  PadV2: pad,
  Pack: pack,
  Unpack: unpack,
};
