import type { OpenSnapshot } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import type { LiveContent } from '../checkpoint/checkpoint.ts';
import { guarded } from '../guarded.ts';
import type { TrainBatch } from '../options/train-options.ts';
import type { TrainEvent } from '../train-event.ts';
import { modelHoldsBest } from './check-metric.ts';
import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';

/** Writes a checkpoint of this very moment, between two updates. */
export async function saveCheckpoint<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
): Promise<TrainEvent[]> {
  const { keeper, settings, counters } = run;
  if (!keeper || !run.isDirty) return [];
  const { options, mode, monitor } = settings;
  const check = counters.lastCheck;
  const begun = run.watch.milliseconds();
  const facts = {
    elapsedMilliseconds: begun,
    monitored: check?.update === counters.update ? { metric: monitor, value: check.value } : null,
    best: counters.best,
    mode,
    trainer: settings.compared,
    config: options.config ?? null,
    metadata: options.metadata ?? null,
  };
  const saved = await run.profiler.measure('checkpoint', () =>
    run.optimizer.withSnapshot((snapshot) => keeper.save(contentOf(run, snapshot), facts)),
  );
  run.isDirty = false;
  run.savedAt = run.watch.milliseconds();
  run.saveMilliseconds = run.savedAt - begun;
  run.allSavesMilliseconds += run.saveMilliseconds;
  const { update, epoch } = counters;
  return [{ type: 'checkpoint-saved', ...saved, location: options.checkpoint!.storage.location, update, epoch }];
}

function contentOf<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>, snapshot: OpenSnapshot): LiveContent {
  const { optimizer, counters } = run;
  const { model } = run.settings.options;
  const weights = () => guarded('trainer/model', "read the model's weights", () => model.saveWeights());
  const averagedWeights = async (): ReturnType<typeof weights> => {
    optimizer.useEvaluationWeights();
    try {
      return await weights();
    } finally {
      optimizer.useTrainingWeights();
    }
  };
  const holdsBest = modelHoldsBest(run);
  return {
    update: counters.update,
    epoch: counters.epoch,
    // The same numbers, which have been read already.
    weights: async () => (holdsBest && run.bestWeights) || weights(),
    averagedWeights: optimizer.hasEvaluationWeights ? averagedWeights : null,
    bestWeights: holdsBest ? null : run.bestWeights,
    optimizer: snapshot,
    state: () => stateOf(run),
  };
}

async function stateOf<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): Promise<RunState> {
  return {
    ...run.counters,
    unreadLoss: await run.loss.peek(),
    epochLoss: run.epochLoss,
    plateau: run.settings.options.plateau?.state() ?? null,
    history: run.history,
    source: run.feed.sourceState(),
    overfitStart: run.feed.overfitStart,
  };
}

/** Whether the options ask for a checkpoint now. `epochEnded`: an epoch was completed since the last update. */
export function isCheckpointDue<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  epochEnded: boolean,
): boolean {
  const { keeper, settings, counters } = run;
  if (!keeper || !run.isDirty) return false;
  const { update, epoch } = counters;
  const millisecondsSinceSaved = run.watch.milliseconds() - run.savedAt;
  const { saveMilliseconds } = run;
  if (keeper.isDue({ update, epoch, epochEnded, millisecondsSinceSaved, saveMilliseconds })) return true;
  const check = counters.lastCheck;
  if (check?.update !== counters.update) return false;
  return keeper.wants(check.value, counters.best?.update === counters.update, settings.mode);
}
