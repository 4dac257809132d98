import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import { notify, record } from './record.ts';
import type { Run } from './run.ts';

/**
 * Mean training loss since it was last read. Waits for the device. A loss that is not finite ends the run (or throws,
 * as `nanPolicy` says): weights that made it are of no use. Null when every update since then was left out.
 */
export async function readTrainLoss<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  hyperparameters: Readonly<Record<string, number>>,
): Promise<number | null> {
  const { sum, weight } = await run.loss.take();
  if (weight === 0) return null;
  run.epochLoss = { sum: run.epochLoss.sum + sum, weight: run.epochLoss.weight + weight };
  const loss = sum / weight;
  const norm = run.optimizer.lastGradientNorm;
  const gradientNorm = norm ? { gradientNorm: (await norm.data())[0]! } : {};
  await record(run, 'train', { trainLoss: loss, ...hyperparameters, ...gradientNorm });
  if (!Number.isFinite(loss)) endForNonFinite(run, 'The mean training loss');
  return loss;
}

/** Ends the run for a number that is not finite, or throws when that is the policy. */
export function endForNonFinite<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>, what: string): void {
  const { update } = run.counters;
  const message = `${what} is not finite after update ${update}: lower the learning rate, clip gradients, or look at the data (nanPolicy names the batch).`;
  if (run.settings.options.nanPolicy === 'error') throw new TrainerError('trainer/non-finite', message, { update });
  notify(run, 'non-finite', message, { update });
  run.sawNonFinite = true;
}
