import { type Batch, batches, type SeriesSet, type StepRanges, type TimeSplit, windows } from '@nt/data';
import type { Backend, Json, NeuralModel, Tensor } from '@nt/tensor';
import { fit, type TrainResult } from '@nt/trainer';
import type { FitOptions } from './fit-options.ts';
import type { ForecasterConfig } from './forecaster-options.ts';
import { holdsWindow } from './part-windows.ts';
import { lossOf } from './training/losses.ts';
import { runLength, trainingBatches } from './training/training-batches.ts';
import type { TrainingConfig } from './training/training-config.ts';
import { updateRecipe } from './training/update-recipe.ts';
import { type BatchTensors, batchTensors, type CovariateCounts } from './window-tensors.ts';

/** Everything that meets in one training run. */
export interface TrainingRun<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly model: NeuralModel<T>;
  readonly config: ForecasterConfig;
  readonly training: TrainingConfig;
  /** Scaled. */
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  readonly counts: CovariateCounts;
  /** Compared with a checkpoint's on resume. */
  readonly identity: Json;
  readonly options: Omit<FitOptions, keyof TrainingConfig>;
}

/** Windows in a validation batch: no update waits for it, so as many as fit well. */
const validationBatchSize = 512;

/** Where model, loss, optimizer, schedule and batches meet. */
export function trainModel<T extends Tensor>(run: TrainingRun<T>): Promise<TrainResult> {
  const { backend, model, config, training, counts, options } = run;
  const { inputSize, horizon, seed } = config;
  const loss = lossOf(training.loss);
  const source = trainingBatches(run.set, run.split, config, training);
  const validation = holdsWindow(run.split.validation, horizon) ? windowsOf(run, run.split.validation) : null;
  return fit<T, Batch, BatchTensors<T>>({
    backend,
    model,
    seed,
    batches: source,
    ...updateRecipe(training, runLength(source, training)),
    accumulate: training.accumulate,
    toTensors: (batch, ops) => batchTensors(ops, batch, inputSize, horizon, counts),
    lossOf: ({ window, target, targetMask }, { ops, training: isTraining, random }) =>
      loss(ops, model.forward(window, { training: isTraining, random }), target, targetMask && { mask: targetMask }),
    weightOf: (batch) => sumOf(batch.targetMask),
    maxEpochs: training.maxEpochs,
    ...(training.gradientClipNorm > 0 && { gradientClipNorm: training.gradientClipNorm }),
    ...(training.gradientClipValue > 0 && { gradientClipValue: training.gradientClipValue }),
    ...(training.precision && { precision: training.precision }),
    ...(training.nanPolicy && { nanPolicy: training.nanPolicy }),
    ...(validation && {
      validation: { batches: () => batches(validation, { batchSize: validationBatchSize }) },
    }),
    ...(validation && training.patience > 0 && { earlyStopping: { patience: training.patience } }),
    ...(options.checkpoints && {
      checkpoint: {
        storage: options.checkpoints,
        ...(options.checkpointEvery && { everyUpdates: options.checkpointEvery }),
      },
    }),
    ...(options.resume && { resumeFrom: 'last' }),
    ...(options.signal && { signal: options.signal }),
    ...(options.onEvent && { onEvent: options.onEvent }),
    ...(options.logEvery && { logEvery: options.logEvery }),
    ...(options.loggers && { loggers: options.loggers }),
    config: run.identity,
  });
}

/** A plain loop: called for every batch, and `reduce` with a function takes ten times as long. */
function sumOf(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

function windowsOf<T extends Tensor>(
  { set, split, config }: TrainingRun<T>,
  ranges: StepRanges,
): ReturnType<typeof windows> {
  return windows(set, { inputSize: config.inputSize, horizon: config.horizon, ranges, strict: split.strict });
}
