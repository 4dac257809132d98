import type { TensorOps } from '../tensor-ops.ts';
import type { ReferenceTensor } from './reference-tensor.ts';
import { broadcastShape, eachIndex, normalizeAxes, sizeOf, stridesOf } from './shapes.ts';
import type { TensorStore } from './tensor-store.ts';

type Members = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'abs' | 'sqrt' | 'sum';

/** Arithmetic with broadcasting, in plain loops. */
export function arithmeticOps(
  store: TensorStore,
): Pick<TensorOps<ReferenceTensor>, Members> &
  Record<'exp' | 'log' | 'softplus', (x: ReferenceTensor) => ReferenceTensor> {
  const unary = (f: (x: number) => number) => (x: ReferenceTensor) => store.make(x.shape, x.values.map(f));
  const binary = (f: (a: number, b: number) => number) => (a: ReferenceTensor, b: ReferenceTensor) =>
    broadcastBinary(store, a, b, f);
  return {
    add: binary((a, b) => a + b),
    sub: binary((a, b) => a - b),
    mul: binary((a, b) => a * b),
    div: binary((a, b) => a / b),
    maximum: binary(Math.max),
    minimum: binary(Math.min),
    abs: unary(Math.abs),
    sqrt: unary(Math.sqrt),
    exp: unary(Math.exp),
    log: unary(Math.log),
    softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    sum: (x, axis, keepDims = false) => sum(store, x, normalizeAxes(axis, x.shape.length), keepDims),
  };
}

function broadcastBinary(
  store: TensorStore,
  a: ReferenceTensor,
  b: ReferenceTensor,
  f: (a: number, b: number) => number,
): ReferenceTensor {
  const [x, y] = [a.values, b.values];
  // Mostly there is nothing to broadcast, or one number.
  const [xStep, yStep] = [isNumberFor(b, a) ? 0 : 1, isNumberFor(a, b) ? 0 : 1];
  if (xStep + yStep === 1 || isSameShape(a, b)) {
    const { shape, values } = xStep === 0 ? b : a;
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = f(x[i * xStep]!, y[i * yStep]!);
    return store.make(shape, out);
  }
  const shape = broadcastShape(a.shape, b.shape);
  const out = new Float64Array(sizeOf(shape));
  const [xStrides, yStrides] = [broadcastStrides(a.shape, shape.length), broadcastStrides(b.shape, shape.length)];
  eachIndex(shape, (flat, at) => {
    out[flat] = f(x[offset(at, xStrides)]!, y[offset(at, yStrides)]!);
  });
  return store.make(shape, out);
}

function broadcastStrides(shape: readonly number[], rank: number): number[] {
  const own = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  return [...new Array<number>(rank - shape.length).fill(0), ...own];
}

const isSameShape = (a: ReferenceTensor, b: ReferenceTensor): boolean =>
  a.shape.length === b.shape.length && a.shape.every((length, axis) => length === b.shape[axis]);

/** Whether `b` has one element, and the result the shape of `a`. */
const isNumberFor = (a: ReferenceTensor, b: ReferenceTensor): boolean =>
  b.values.length === 1 && b.shape.length <= a.shape.length;

function offset(at: readonly number[], strides: readonly number[]): number {
  let total = 0;
  for (let axis = 0; axis < at.length; axis++) total += at[axis]! * strides[axis]!;
  return total;
}

function sum(store: TensorStore, x: ReferenceTensor, axes: readonly number[], keepDims: boolean): ReferenceTensor {
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const strides = broadcastStrides(kept, kept.length);
  const out = new Float64Array(sizeOf(kept));
  const values = x.values;
  eachIndex(x.shape, (flat, at) => {
    const to = offset(at, strides);
    out[to] = out[to]! + values[flat]!;
  });
  return store.make(keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis)), out);
}
