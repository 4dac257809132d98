import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Batch } from '../batches/batch.ts';

/** Sizes that an augmentation has to know. */
export interface WindowShape {
  readonly inputSize: number;
  readonly horizon: number;
  readonly historicCount: number;
  readonly futureCount: number;
  readonly staticCount: number;
}

/**
 * Changes the windows of a training batch in place. Its random numbers belong to (seed, epoch, batch), so that a
 * resumed epoch is changed alike.
 */
export interface Augmentation {
  readonly name: string;
  /** True when it moves steps in time, which covariates of the same steps do not follow. */
  readonly movesTime: boolean;
  /** Changes the values of a batch in place. */
  apply(batch: Batch, shape: WindowShape, random: RandomGenerator): void;
}

/** Input and target of one window as one sequence of `inputSize + horizon` steps. */
export function readWindow(
  batch: Batch,
  { inputSize, horizon }: WindowShape,
  slot: number,
): { values: Float64Array; mask: Float64Array } {
  const values = new Float64Array(inputSize + horizon);
  const mask = new Float64Array(inputSize + horizon);
  values.set(batch.input.subarray(slot * inputSize, (slot + 1) * inputSize));
  values.set(batch.target.subarray(slot * horizon, (slot + 1) * horizon), inputSize);
  mask.set(batch.inputMask.subarray(slot * inputSize, (slot + 1) * inputSize));
  mask.set(batch.targetMask.subarray(slot * horizon, (slot + 1) * horizon), inputSize);
  return { values, mask };
}

/** Writes a sequence of `readWindow` back; steps with mask 0 are written as 0. */
export function writeWindow(
  batch: Batch,
  { inputSize, horizon }: WindowShape,
  slot: number,
  values: Float64Array,
  mask: Float64Array,
): void {
  for (let step = 0; step < inputSize + horizon; step++) {
    const isInput = step < inputSize;
    const at = isInput ? slot * inputSize + step : slot * horizon + step - inputSize;
    (isInput ? batch.input : batch.target)[at] = mask[step] === 0 ? 0 : values[step]!;
    (isInput ? batch.inputMask : batch.targetMask)[at] = mask[step]!;
  }
}
