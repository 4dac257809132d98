import type { NetworkOps } from '../network-ops.ts';
import { TensorError } from '../tensor-error.ts';
import type { ReferenceTensor } from './reference-tensor.ts';
import { eachIndex, normalizeAxes, sizeOf, stridesOf } from './shapes.ts';
import type { TensorStore } from './tensor-store.ts';

/** Operations that only move values. */
export function layoutOps(
  store: TensorStore,
): Pick<NetworkOps<ReferenceTensor>, 'reshape' | 'concat' | 'slice' | 'reverse' | 'transpose'> {
  return {
    reshape(x, shape) {
      if (sizeOf(shape) !== x.values.length) {
        throw new TensorError(
          'tensor/shape',
          `Cannot reshape [${x.shape}] (${x.values.length} values) to [${shape}] (${sizeOf(shape)}).`,
        );
      }
      return store.make(shape, x.values.slice(), x.dtype);
    },
    concat(tensors, axis) {
      const first = tensors[0];
      if (!first) throw new TensorError('tensor/shape', 'concat: expected at least one tensor, got none.');
      const [at] = normalizeAxes(axis, first.shape.length) as [number];
      const outer = sizeOf(first.shape.slice(0, at));
      const shape = first.shape.map((length, i) =>
        i === at ? tensors.reduce((total, t) => total + t.shape[i]!, 0) : length,
      );
      const out = new Float64Array(sizeOf(shape));
      const row = sizeOf(shape.slice(at));
      let start = 0;
      for (const tensor of tensors) {
        checkJoinable(first.shape, tensor.shape, at);
        const part = sizeOf(tensor.shape.slice(at));
        for (let i = 0; i < outer; i++) out.set(tensor.values.subarray(i * part, (i + 1) * part), i * row + start);
        start += part;
      }
      return store.make(shape, out);
    },
    slice(x, begin, size) {
      const fits =
        size.length === x.shape.length &&
        size.every((n, i) => begin[i]! >= 0 && n >= 0 && begin[i]! + n <= x.shape[i]!);
      if (!fits)
        throw new TensorError(
          'tensor/shape',
          `slice: begin [${begin}] and size [${size}] leave a tensor of shape [${x.shape}].`,
        );
      const strides = stridesOf(x.shape);
      const start = begin.reduce((total, b, i) => total + b * strides[i]!, 0);
      return gather(store, x, size, strides, start);
    },
    reverse(x, axis) {
      const [at] = normalizeAxes(axis, x.shape.length) as [number];
      const strides = stridesOf(x.shape);
      const start = strides[at]! * Math.max(x.shape[at]! - 1, 0);
      return gather(
        store,
        x,
        x.shape,
        strides.map((stride, i) => (i === at ? -stride : stride)),
        start,
      );
    },
    transpose(x, permutation = x.shape.map((_, i) => x.shape.length - 1 - i)) {
      if ([...permutation].sort((a, b) => a - b).join() !== x.shape.map((_, i) => i).join()) {
        throw new TensorError(
          'tensor/shape',
          `transpose: [${permutation}] is not a permutation of the axes of [${x.shape}].`,
        );
      }
      const strides = stridesOf(x.shape);
      return gather(
        store,
        x,
        permutation.map((axis) => x.shape[axis]!),
        permutation.map((axis) => strides[axis]!),
        0,
      );
    },
  };
}

function gather(
  store: TensorStore,
  x: ReferenceTensor,
  shape: readonly number[],
  strides: readonly number[],
  start: number,
): ReferenceTensor {
  const out = new Float64Array(sizeOf(shape));
  const values = x.values;
  eachIndex(shape, (flat, at) => {
    out[flat] = values[at.reduce((total, coordinate, axis) => total + coordinate * strides[axis]!, start)]!;
  });
  return store.make(shape, out, x.dtype);
}

function checkJoinable(a: readonly number[], b: readonly number[], axis: number): void {
  if (a.length === b.length && a.every((length, i) => i === axis || length === b[i])) return;
  throw new TensorError('tensor/shape', `concat along axis ${axis}: shapes [${a}] and [${b}] differ elsewhere.`, {
    a,
    b,
    axis,
  });
}
