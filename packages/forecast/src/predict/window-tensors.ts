import type { Batch } from '@nt/data';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import type { LossWhere } from '@nt/trainer/losses';

/** A batch of windows on the engine, with what it is to be compared with. */
export interface BatchTensors<T extends Tensor> {
  readonly window: WindowTensors<T>;
  /** `[batch, horizon]`, scaled. */
  readonly target: T;
  /** Which targets count, and how much; both absent when all count alike. */
  readonly where: LossWhere<T>;
}

/** Numbers of covariates of each kind in a batch. */
export interface CovariateCounts {
  readonly historic: number;
  readonly future: number;
  readonly static: number;
}

/**
 * A batch for the engine, whose arrays must not change while the tensors live. Masks of ones are left out: the network then
 * saves the products with them.
 */
export function batchTensors<T extends Tensor>(
  ops: NetworkOps<T>,
  batch: Batch,
  inputSize: number,
  horizon: number,
  counts: CovariateCounts,
): BatchTensors<T> {
  return {
    window: windowTensors(ops, batch, inputSize, horizon, counts),
    target: ops.borrow(batch.target, [batch.size, horizon]),
    where: {
      ...(hasGaps(batch.targetMask) && { mask: ops.borrow(batch.targetMask, [batch.size, horizon]) }),
      ...(batch.weights && { weights: ops.borrow(repeated(batch.weights, horizon), [batch.size, horizon]) }),
    },
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
    input: ops.borrow(batch.input, [size, inputSize]),
    ...(hasGaps(batch.inputMask) && { inputMask: ops.borrow(batch.inputMask, [size, inputSize]) }),
    ...(historic && { historic: ops.borrow(historic, [size, inputSize, counts.historic]) }),
    ...(future && { future: ops.borrow(future, [size, inputSize + horizon, counts.future]) }),
    ...(batch.static && { static: ops.borrow(batch.static, [size, counts.static]) }),
  };
}

const hasGaps = (mask: Float32Array): boolean => mask.includes(0);

/**
 * How much a batch counts beside others: its observed targets, each by the weight of its window. Plain loops: it is
 * called for every batch, and `reduce` with a function takes ten times as long.
 */
export function batchWeight({ size, targetMask, weights }: Batch): number {
  const horizon = targetMask.length / size;
  let total = 0;
  for (let row = 0, at = 0; row < size; row++) {
    let observed = 0;
    for (let step = 0; step < horizon; step++, at++) observed += targetMask[at]!;
    total += observed * (weights ? weights[row]! : 1);
  }
  return total;
}

const repeated = (values: Float32Array, times: number): Float32Array =>
  Float32Array.from({ length: values.length * times }, (_, i) => values[Math.floor(i / times)]!);
