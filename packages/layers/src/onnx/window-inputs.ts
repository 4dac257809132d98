import type { WindowTensors } from '@nt/tensor';
import type { NetworkSize } from '../network-size.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import { anyBatch, isDynamic, type TraceTensor, traceTensor } from './trace-tensor.ts';

/**
 * The inputs of a graph that a window is made of: `input` `[batch, inputSize]`, oldest first, and as the network has them
 * `historic` `[batch, inputSize, count]`, `future` `[batch, inputSize + horizon, count]`, `static` `[batch, count]`.
 */
export function windowInputs(
  graph: OnnxGraph,
  { inputSize, horizon, historic, future, static: fixed }: NetworkSize,
  mask: boolean,
): WindowTensors<TraceTensor> {
  const input = (name: string, ...shape: number[]): TraceTensor => {
    const whole = [anyBatch, ...shape];
    graph.input(
      name,
      whole.map((length) => (isDynamic(length) ? 'batch' : length)),
    );
    return traceTensor(name, whole);
  };
  return {
    input: input('input', inputSize),
    ...(mask && { inputMask: input('inputMask', inputSize) }),
    ...(historic > 0 && { historic: input('historic', inputSize, historic) }),
    ...(future > 0 && { future: input('future', inputSize + horizon, future) }),
    ...(fixed > 0 && { static: input('static', fixed) }),
  };
}
