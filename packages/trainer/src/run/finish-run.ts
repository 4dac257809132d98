import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import type { TrainEvent } from '../train-event.ts';
import type { StopReason, TrainResult } from '../train-result.ts';
import { captureWeights, loadWeights, modelHoldsBest } from './check-metric.ts';
import type { Run } from './run.ts';
import { runValidation } from './run-validation.ts';
import { saveCheckpoint } from './save-checkpoint.ts';

/** The last validation and checkpoint, and the weights that the model is left with. */
export async function* finishRun<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  stopReason: StopReason,
): AsyncGenerator<TrainEvent, TrainResult, void> {
  const { counters, settings } = run;
  const isComplete = stopReason !== 'aborted' && stopReason !== 'nan';
  // An aborted run will be resumed: a validation that the uninterrupted run does not have would change its result.
  if (isComplete && settings.options.validation && counters.validatedAt !== counters.update) yield* runValidation(run);
  const reason = run.sawNonFinite ? 'nan' : stopReason;
  if (reason !== 'nan') yield* await saveCheckpoint(run);
  const weights = await leaveWeights(run, reason);
  await run.loggers.close();
  yield* run.notices.splice(0);
  const result: TrainResult = {
    reason,
    updates: counters.update,
    epochs: counters.epoch,
    windows: counters.windows,
    seconds: run.watch.seconds(),
    checkpointSeconds: run.allSavesMilliseconds / 1000,
    best: counters.best,
    weights,
    history: run.history,
    checkpoint: run.keeper?.kept.newest ?? null,
    bestCheckpoint: run.keeper?.kept.best ?? null,
    skippedUpdates: counters.skippedUpdates,
    profile: run.profiler.profile(),
    capture: run.steps.report(),
  };
  yield { type: 'run-end', result };
  return result;
}

async function leaveWeights<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  reason: StopReason,
): Promise<TrainResult['weights']> {
  const { settings, optimizer, bestWeights } = run;
  const { model } = settings.options;
  if (settings.restoreBestWeights && bestWeights && reason !== 'aborted') {
    // The same numbers: to put them back would take a copy of all weights for nothing.
    if (reason === 'nan' || !modelHoldsBest(run)) loadWeights(model, bestWeights);
    run.bestWeights = null;
    return 'best';
  }
  if (!optimizer.hasEvaluationWeights) return 'last';
  optimizer.useEvaluationWeights();
  const averaged = await captureWeights(model);
  optimizer.useTrainingWeights();
  loadWeights(model, averaged);
  return 'averaged';
}
