import { type TensorInfo, util } from '@tensorflow/tfjs-core';

/** A tensor as [outer, count, inner], where `count` are these axes, which lie next to each other. */
export function linesAlong(
  { shape }: TensorInfo,
  axes: readonly number[],
): { readonly outer: number; readonly count: number; readonly inner: number } {
  const first = axes[0] ?? 0;
  const end = first + axes.length;
  return {
    outer: util.sizeFromShape(shape.slice(0, first)),
    count: util.sizeFromShape(shape.slice(first, end)),
    inner: util.sizeFromShape(shape.slice(end)),
  };
}
