import type { Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { Settings } from '../options/resolve-options.ts';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';

/** How much a batch counts: one that is NaN or negative would spoil the mean of an epoch without a word. */
export function weightOf<T extends Tensor, B extends TrainBatch, I>(settings: Settings<T, B, I>, batch: B): number {
  const weight = guarded('trainer/data', 'weigh a batch', () => settings.weightOf(batch));
  if (Number.isFinite(weight) && weight >= 0) return weight;
  throw new TrainerError('trainer/bad-batch', `weightOf: expected a number >= 0; found ${String(weight)}.`, { weight });
}
