import type { OnnxGraph } from './onnx-graph.ts';
import { type TraceTensor, traceTensor } from './trace-tensor.ts';

/** Below every value, and finite, so that it stays a number. */
const nothing = -3.4e38;

/**
 * Pooling by reshaping: what ONNX's own pools do with a last, partial window differs between runtimes.
 *
 * @param x `[batch, length]` or `[batch, length, channels]`
 */
export function tracePool(graph: OnnxGraph, kind: 'max' | 'avg', x: TraceTensor, kernelSize: number): TraceTensor {
  const [batch, length, ...channels] = x.shape as [number, number, ...number[]];
  const windows = Math.ceil(length / kernelSize);
  const missing = windows * kernelSize - length;
  const ends = [0, missing, ...channels.map(() => 0)];
  const pads = graph.wholes([...ends.map(() => 0), ...ends]);
  const filler = graph.floats([kind === 'max' ? nothing : 0], []);
  const whole = missing > 0 ? graph.node('Pad', [x.name, pads, filler]) : x.name;
  const split = graph.node('Reshape', [whole, graph.wholes([-1, windows, kernelSize, ...channels])]);
  const shape = [batch, windows, ...channels];
  if (kind === 'max') {
    return traceTensor(graph.node('ReduceMax', [split], { axes: { wholes: [2] }, keepdims: { whole: 0 } }), shape);
  }
  const sum = graph.node('ReduceSum', [split, graph.wholes([2])], { keepdims: { whole: 0 } });
  const sizes = Array.from({ length: windows }, (_, i) => kernelSize - (i === windows - 1 ? missing : 0));
  const divisors = graph.floats(sizes, [windows, ...channels.map(() => 1)]);
  return traceTensor(graph.node('Div', [sum, divisors]), shape);
}
