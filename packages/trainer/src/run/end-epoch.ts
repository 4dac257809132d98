import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import { checkMetric } from './check-metric.ts';
import { record } from './record.ts';
import type { Run, RunEvents } from './run.ts';

/** The epoch's mean loss, each batch counted by its weight: a short last batch counts less. */
export async function* endEpoch<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): RunEvents {
  const { counters, optimizer, settings } = run;
  const { update, epoch } = counters;
  const trainLoss = run.epochLoss.sum / run.epochLoss.weight;
  await record(run, 'epoch', { epochLoss: trainLoss });
  if (settings.monitor === 'trainLoss') {
    optimizer.useEvaluationWeights();
    await checkMetric(run, trainLoss).finally(() => optimizer.useTrainingWeights());
  }
  yield { type: 'epoch-end', epoch, update, trainLoss, seconds: run.watch.seconds() };
}

/** Turns to the next epoch, after everything that still belongs to this one. */
export function closeEpoch<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): void {
  run.counters.epoch += 1;
  run.counters.batchInEpoch = 0;
  run.epochLoss = { sum: 0, weight: 0 };
  run.isDirty = true;
}
