import type { NetworkOps, TensorValues } from '@nt/tensor';
import type { OnnxGraph } from './onnx-graph.ts';
import { anyBatch, isDynamic, type TraceTensor, traceTensor } from './trace-tensor.ts';

type LayoutOps = Pick<
  NetworkOps<TraceTensor>,
  'tensor' | 'borrow' | 'zeros' | 'concat' | 'slice' | 'reverse' | 'transpose' | 'reshape' | 'sum'
>;

/** Where a slice backwards ends: before the first element of any axis. */
const beforeStart = -9223372036854775807n;

/** Operations that make or rearrange values. */
export function traceLayout(graph: OnnxGraph): LayoutOps {
  const tensor: LayoutOps['tensor'] = (values, shape) => ({
    ...traceTensor(graph.floats(values, shape), [...shape]),
    values,
  });
  return {
    tensor,
    borrow: tensor,
    zeros: (shape) => {
      const zero = graph.floats([0], []);
      const lengths = shape.some(isDynamic) ? dynamicShape(graph, shape) : graph.wholes(shape);
      return traceTensor(graph.node('Expand', [zero, lengths]), [...shape]);
    },
    concat: (tensors, axis) => {
      const shape = tensors[0]!.shape.map((length, i) =>
        i === axis ? tensors.reduce((total, { shape: s }) => total + s[axis]!, 0) : length,
      );
      const names = tensors.map(({ name }) => name);
      return traceTensor(graph.node('Concat', names, { axis: { whole: axis } }), shape);
    },
    slice: (x, begin, size) => {
      const axes = size.flatMap((length, axis) => (length === x.shape[axis] ? [] : [axis]));
      if (axes.length === 0) return x;
      const starts = axes.map((axis) => begin[axis]!);
      const ends = axes.map((axis) => begin[axis]! + size[axis]!);
      const name = graph.node('Slice', [x.name, ...[starts, ends, axes].map(graph.wholes)]);
      return traceTensor(name, [...size]);
    },
    reverse: (x, axis) => {
      const bounds = [[-1], [beforeStart], [axis], [-1]].map((values) => graph.wholes(values));
      return traceTensor(graph.node('Slice', [x.name, ...bounds]), x.shape);
    },
    transpose: (x, permutation = x.shape.map((_, i) => x.shape.length - 1 - i)) => {
      const shape = permutation.map((axis) => x.shape[axis]!);
      if (x.values && permutation.join() === '1,0')
        return traceTensor(graph.floats(turned(x.values, x.shape[0]!, x.shape[1]!), shape), shape);
      return traceTensor(graph.node('Transpose', [x.name], { perm: { wholes: permutation } }), shape);
    },
    reshape: (x, shape) => {
      const lengths = shape.map((length) => (isDynamic(length) ? -1 : length));
      return traceTensor(graph.node('Reshape', [x.name, graph.wholes(lengths)]), [...shape]);
    },
    sum: (x, axis = x.shape.map((_, i) => i), keepDims = false) => {
      const axes = (typeof axis === 'number' ? [axis] : [...axis]).map((a) => (a < 0 ? a + x.shape.length : a));
      const shape = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
      const name = graph.node('ReduceSum', [x.name, graph.wholes(axes)], { keepdims: { whole: keepDims ? 1 : 0 } });
      return traceTensor(name, keepDims ? shape : x.shape.filter((_, i) => !axes.includes(i)));
    },
  };
}

/** `shape` as values of the graph: what grows with the batch is taken from the input. */
function dynamicShape(graph: OnnxGraph, shape: readonly number[]): string {
  const all = graph.node('Shape', ['input']);
  const batch = graph.node('Slice', [all, graph.wholes([0]), graph.wholes([1])]);
  const lengths = shape.map((length) =>
    isDynamic(length) ? graph.node('Mul', [batch, graph.wholes([length / anyBatch])]) : graph.wholes([length]),
  );
  return graph.node('Concat', lengths, { axis: { whole: 0 } });
}

/** Columns as rows: weights are stored as the graph multiplies by them. */
function turned(values: TensorValues, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
}
