import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { ReduceCall } from '../kernels/kernels.ts';

/** Reduces axes that lie next to each other; undefined for others and for empty tensors. */
export function reduceAxes(
  backend: NtCpuBackend,
  kind: ReduceCall['kind'],
  x: TensorInfo,
  axes: readonly number[],
  scale: number,
): TensorInfo | undefined {
  const first = axes[0] ?? 0;
  const adjacent = axes.every((axis, i) => axis === first + i);
  const size = util.sizeFromShape(x.shape);
  if (!adjacent || size === 0) return undefined;
  const count = axes.reduce((total, axis) => total * x.shape[axis]!, 1);
  const inner = util.sizeFromShape(x.shape.slice(first + axes.length));
  const source = backend.offsetOf(x);
  const out = backend.allocate(x.shape.filter((_, axis) => !axes.includes(axis)));
  const outer = size / count / inner;
  backend.kernels.reduce({ kind, source, destination: backend.offsetOf(out), outer, count, inner, scale });
  return out;
}
