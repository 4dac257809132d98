import { OptimError } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import { foreignError } from './guarded.ts';
import { checkTrainOptions } from './options/check-train-options.ts';
import { resolveOptions, type Settings } from './options/resolve-options.ts';
import type { TrainBatch, TrainOptions } from './options/train-options.ts';
import { finishRun } from './run/finish-run.ts';
import { openRun } from './run/open-run.ts';
import type { Run } from './run/run.ts';
import { runLoop } from './run/run-loop.ts';
import { sanityValidation } from './run/run-validation.ts';
import type { TrainEvent } from './train-event.ts';
import type { TrainResult } from './train-result.ts';
import { TrainerError } from './trainer-error.ts';

/**
 * Trains, as an async generator of events: the run advances when the next event is asked for, and `break` ends it
 * (everything is freed, weights stay as they are, no checkpoint is written). Same options, data and engine give the
 * same bits, also when the run is killed in between and resumed.
 *
 * @returns a generator whose return value is the result, also given by the last event, `run-end`
 * @throws TrainerError, and nothing else: at once for wrong options; later, from the generator, for data
 *   (`trainer/data`, `trainer/bad-batch`), model, optimizer, checkpoints and storage, with the cause in `error.cause`
 */
export function train<T extends Tensor, B extends TrainBatch, I>(
  options: TrainOptions<T, B, I>,
): AsyncGenerator<TrainEvent, TrainResult, void> {
  checkTrainOptions(options as never);
  return runWhole(resolveOptions(options));
}

async function* runWhole<T extends Tensor, B extends TrainBatch, I>(
  settings: Settings<T, B, I>,
): AsyncGenerator<TrainEvent, TrainResult, void> {
  const run = await openRun(settings).catch((error: unknown) => {
    throw runError(error);
  });
  let failed = false;
  try {
    await rewindLoggers(run);
    yield startOf(run);
    yield* run.notices.splice(0);
    yield* sanityValidation(run);
    const reason = yield* runLoop(run);
    return yield* finishRun(run, reason);
  } catch (error) {
    failed = true;
    throw runError(error);
  } finally {
    await closeRun(run, failed);
  }
}

/** What no part has made a TrainerError of: the optimizer speaks for itself, the rest nobody has thought of. */
function runError(error: unknown): TrainerError {
  if (OptimError.isInstance(error)) return new TrainerError('trainer/optimizer', error.message, error.details, error);
  return foreignError('trainer/unexpected', 'go on training', error);
}

function startOf<T extends Tensor, B extends TrainBatch, I>({
  settings,
  counters,
  resumedFrom,
}: Run<T, B, I>): TrainEvent {
  const { batchesPerEpoch, updatesPerEpoch, maxUpdates, options } = settings;
  const sizes = [...options.model.parameters.values()].map(({ shape }) =>
    shape.reduce((size, length) => size * length, 1),
  );
  return {
    type: 'run-start',
    update: counters.update,
    epoch: counters.epoch,
    resumedFrom,
    numParameters: sizes.reduce((total, size) => total + size, 0),
    batchesPerEpoch,
    updatesPerEpoch,
    maxUpdates,
  };
}

async function rewindLoggers<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): Promise<void> {
  const { settings, counters, resumedFrom } = run;
  if (settings.options.resumeFrom === undefined) return;
  // Killed before its first checkpoint: nothing that was logged holds, not even at update 0.
  await run.loggers.rewind(
    resumedFrom === null ? { update: -1, epoch: 0 } : { update: counters.update, epoch: counters.epoch },
  );
}

/** Frees all that the run owns, each part even when another fails. Why a run has failed is not hidden by what follows. */
async function closeRun<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>, failed: boolean): Promise<void> {
  const parts = [
    () => run.feed.close(),
    () => run.loss.dispose(),
    () => run.optimizer.dispose(),
    () => run.steps.dispose(),
    () => run.loggers.close(),
    () => run.lock?.release(),
  ];
  const errors: unknown[] = [];
  for (const close of parts)
    await Promise.resolve()
      .then(close)
      .catch((error: unknown) => errors.push(error));
  if (!failed && errors.length > 0) throw runError(errors[0]);
}
