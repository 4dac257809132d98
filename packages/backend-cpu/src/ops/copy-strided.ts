import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';

const mostAxes = 8;

/** A view of a tensor: its elements from `start` on, `strides` apart. */
export interface StridedView {
  readonly shape: readonly number[];
  readonly start: number;
  readonly strides: readonly number[];
}

/** The view as a new dense tensor; undefined for strings, empty results and too many axes. */
export function copyStrided(backend: NtCpuBackend, x: TensorInfo, view: StridedView): TensorInfo | undefined {
  const storage = backend.storageOf(x);
  if (!storage) return undefined;
  const axes = joinAxes(
    view.shape.map((size, i) => ({ size, from: view.strides[i]!, to: denseStride(view.shape, i) })),
  );
  if (axes.length > mostAxes || util.sizeFromShape([...view.shape]) === 0) return undefined;
  if (storage === 'byte') return copyBytes(backend, x, view, axes);
  const source = backend.offsetOf(x) + view.start * 4;
  const out = backend.allocate(view.shape, x.dtype, storage);
  copyAxes(backend, source, backend.offsetOf(out), axes);
  return out;
}

function copyBytes(
  backend: NtCpuBackend,
  x: TensorInfo,
  { shape, start }: StridedView,
  axes: readonly CopyAxis[],
): TensorInfo | undefined {
  const { integer } = backend.kernels;
  if (!integer) return undefined;
  const inputs = [{ offset: backend.offsetOf(x) + start, byte: true, strides: axes.map(({ from }) => from) }];
  const result = backend.allocate(shape, x.dtype, 'byte');
  const out = backend.offsetOf(result);
  const sizes = axes.map(({ size }) => size);
  integer.apply({ operation: 'copy', count: util.sizeFromShape(result.shape), sizes, inputs, out, outByte: true });
  return result;
}

/** One axis of a copy. */
export interface CopyAxis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Copies between strided layouts; offsets in bytes, strides in elements. At most 8 axes after joining. */
export function copyAxes(backend: NtCpuBackend, source: number, destination: number, axes: readonly CopyAxis[]): void {
  backend.kernels.copy({
    source,
    destination,
    sizes: axes.map(({ size }) => size),
    sourceStrides: axes.map(({ from }) => from),
    destinationStrides: axes.map(({ to }) => to),
  });
}

/** Fewer axes for the same copy: those of size 1 dropped, neighbours joined that both sides step through alike. */
export function joinAxes(axes: readonly CopyAxis[]): CopyAxis[] {
  const joined: CopyAxis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const last = joined.at(-1);
    const continues = last && last.from === axis.from * axis.size && last.to === axis.to * axis.size;
    if (continues) joined[joined.length - 1] = { ...axis, size: last.size * axis.size };
    else joined.push(axis);
  }
  return joined.length > 0 ? joined : [{ size: 1, from: 0, to: 0 }];
}

const denseStride = (shape: readonly number[], axis: number): number =>
  shape.slice(axis + 1).reduce((a, b) => a * b, 1);
