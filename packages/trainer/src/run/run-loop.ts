import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import type { TrainEvent } from '../train-event.ts';
import type { StopReason } from '../train-result.ts';
import { breathing } from './breathing.ts';
import { isStoppedEarly } from './check-metric.ts';
import { closeEpoch, endEpoch } from './end-epoch.ts';
import { readTrainLoss } from './read-train-loss.ts';
import { notify } from './record.ts';
import type { Run } from './run.ts';
import { runUpdate } from './run-update.ts';
import { isValidationDue, runValidation } from './run-validation.ts';
import { isCheckpointDue, saveCheckpoint } from './save-checkpoint.ts';

/**
 * Update after update, until there is a reason to stop. Between two updates, in this order: the loss is read if
 * somebody needs it, the epoch ends, the model is validated, a checkpoint is written. A checkpoint thus holds all
 * consequences of its update, and a resumed run begins with the next one.
 */
export async function* runLoop<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
): AsyncGenerator<TrainEvent, StopReason, void> {
  const { counters } = run;
  const breathe = breathing(run.settings.options.yieldEvery);
  for (let reason = stopReason(run); ; reason = stopReason(run)) {
    yield* takeNotices(run);
    if (reason) return reason;
    if (counters.batchInEpoch === 0) yield { type: 'epoch-start', epoch: counters.epoch, update: counters.update };
    const epochEnds = yield* oneUpdate(run);
    if (run.sawNonFinite) continue;
    if (epochEnds) yield* endEpoch(run);
    if (isValidationDue(run, epochEnds)) yield* runValidation(run);
    if (epochEnds) closeEpoch(run);
    if (isCheckpointDue(run, epochEnds)) yield* await saveCheckpoint(run);
    await breathe();
  }
}

/** Why the run should end before its next update; null to go on. */
function stopReason<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): StopReason | null {
  const { counters, settings, watch } = run;
  const { maxEpochs, maxUpdates, maxTime, signal } = settings.options;
  if (run.sawNonFinite) return 'nan';
  if (maxUpdates !== undefined && counters.update >= maxUpdates) return 'completed';
  if (maxEpochs !== undefined && counters.epoch >= maxEpochs) return 'completed';
  if (isStoppedEarly(run)) return 'early-stopped';
  if (signal?.aborted) return 'aborted';
  if (maxTime !== undefined && watch.seconds() >= maxTime) return 'max-time';
  return null;
}

async function* oneUpdate<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
): AsyncGenerator<TrainEvent, boolean, void> {
  const { counters, settings } = run;
  const { applied, epochEnds, size, hyperparameters } = await runUpdate(run);
  const { update, epoch } = counters;
  const isRead = epochEnds || (applied && (update % settings.logEvery === 0 || update === settings.options.maxUpdates));
  const loss = isRead ? await readTrainLoss(run, hyperparameters) : null;
  if (!applied) return epochEnds;
  const learningRate = hyperparameters['learningRate'] ?? null;
  yield { type: 'update-end', update, epoch, size, loss, learningRate, seconds: run.watch.seconds() };
  return epochEnds;
}

function* takeNotices<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): Generator<TrainEvent, void, void> {
  if (run.watch.takeWentBack()) {
    notify(run, 'clock-went-back', 'The clock went back; training time counts on from where it was.');
  }
  yield* run.notices.splice(0);
}
