import type { Batch } from '@nt/data';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';

/** A batch of windows on the engine, with what it is to be compared with. */
export interface BatchTensors<T extends Tensor> {
  readonly window: WindowTensors<T>;
  /** `[batch, horizon]`, scaled. */
  readonly target: T;
  /** `[batch, horizon]`; absent when every target is there. */
  readonly targetMask?: T;
}

/** Numbers of covariates of each kind in a batch. */
export interface CovariateCounts {
  readonly historic: number;
  readonly future: number;
  readonly static: number;
}

/** Copies a batch to the engine. Masks of ones are left out: the network then saves the products with them. */
export function batchTensors<T extends Tensor>(
  ops: NetworkOps<T>,
  batch: Batch,
  inputSize: number,
  horizon: number,
  counts: CovariateCounts,
): BatchTensors<T> {
  return {
    window: windowTensors(ops, batch, inputSize, horizon, counts),
    target: ops.tensor(batch.target, [batch.size, horizon]),
    ...(hasGaps(batch.targetMask) && { targetMask: ops.tensor(batch.targetMask, [batch.size, horizon]) }),
  };
}

/** Only what the network reads of a batch. */
export function windowTensors<T extends Tensor>(
  ops: NetworkOps<T>,
  batch: Batch,
  inputSize: number,
  horizon: number,
  counts: CovariateCounts,
): WindowTensors<T> {
  const { size, historic, future } = batch;
  return {
    input: ops.tensor(batch.input, [size, inputSize]),
    ...(hasGaps(batch.inputMask) && { inputMask: ops.tensor(batch.inputMask, [size, inputSize]) }),
    ...(historic && { historic: ops.tensor(historic, [size, inputSize, counts.historic]) }),
    ...(future && { future: ops.tensor(future, [size, inputSize + horizon, counts.future]) }),
    ...(batch.static && { static: ops.tensor(batch.static, [size, counts.static]) }),
  };
}

const hasGaps = (mask: Float32Array): boolean => mask.includes(0);
