import type { Tensor, TensorValues, Variable } from '@nt/tensor';
import { LayersError } from '../layers-error.ts';

/**
 * Stands for the number of windows while the network runs on names instead of values. A prime larger than any axis, so
 * that a multiple of it is known for an axis that grows with the batch.
 */
export const anyBatch = 1_000_003;

/** Whether an axis grows with the batch. */
export const isDynamic = (length: number): boolean => length > 0 && length % anyBatch === 0;

/** A value of the graph: its name there. */
export interface TraceTensor extends Tensor {
  readonly name: string;
  /** What it holds, where that is known when the file is written. */
  readonly values?: TensorValues;
}

/** A value of the graph. */
export const traceTensor = (name: string, shape: readonly number[]): TraceTensor => ({
  name,
  shape,
  dtype: 'float32',
  data: () => Promise.reject(cannotTrace('reading values')),
  dispose: () => {},
});

/** A weight: becomes whichever value it was assigned last. */
export function traceVariable(initial: TraceTensor): Variable<TraceTensor> {
  let current = initial;
  return {
    ...traceTensor('', initial.shape),
    get name() {
      return current.name;
    },
    assign: (value) => {
      current = value;
    },
  };
}

/** What a graph cannot hold. */
export const cannotTrace = (what: string): LayersError =>
  new LayersError('layers/onnx', `ONNX export: ${what} is not possible in a graph.`, { what });

/** The shape of two broadcast together. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw cannotTrace(`joining shapes [${a}] and [${b}]`);
    return x === 1 ? y : x;
  });
}
