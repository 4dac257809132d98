import { batches, fitScaler, type Scaler, type SeriesSet, type StepRanges, windows } from '@nt/data';
import type { Backend, Json, NeuralModel, Tensor } from '@nt/tensor';
import { fit, type TrainResult, type TrialOptions } from '@nt/trainer';
import type { Head } from '../heads/head.ts';
import { type BatchTensors, batchTensors, batchWeight, type CovariateCounts } from '../predict/window-tensors.ts';
import { runLength, validationEvery } from '../training/run-length.ts';
import { trainingBatches } from '../training/training-batches.ts';
import { updateRecipe } from '../training/update-recipe.ts';
import type { FitPlan } from './fit-plan.ts';
import { holdsWindow } from './part-windows.ts';
import type { RunOptions } from './run-options.ts';
import { type Lessons, type TaughtBatch, taught } from './teacher.ts';
import { withoutSteps } from './without-steps.ts';

/** Everything that meets in one training run. */
export interface TrainingRun<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly model: NeuralModel<T>;
  readonly head: Head;
  readonly plan: FitPlan;
  /** The plan's data, scaled. */
  readonly scaled: SeriesSet;
  readonly counts: CovariateCounts;
  /** What a teacher says of the training windows; null without one. */
  readonly lessons: Lessons | null;
  /** Compared with a checkpoint's on resume. */
  readonly identity: Json;
  readonly options: RunOptions;
}

type TaughtTensors<T extends Tensor> = BatchTensors<T> & { readonly lessons?: T };

/** Windows in a validation batch: no update waits for it, so as many as fit well. */
const validationBatchSize = 512;

/** What is learnt from, and what is minimised. */
export function lossParts<T extends Tensor>(
  run: Omit<TrainingRun<T>, 'identity' | 'options'>,
): TrialOptions<T, TaughtBatch, TaughtTensors<T>> {
  const { backend, model, head, plan, counts } = run;
  const { training, split } = plan;
  const { inputSize, horizon, seed } = plan.forecaster;
  const untaught = trainingBatches(run.scaled, split, plan.forecaster, training);
  const share = run.lessons?.weight ?? 0;
  return {
    backend,
    model,
    seed,
    batches: run.lessons ? taught(untaught, run.lessons) : untaught,
    accumulate: training.accumulate,
    toTensors: (batch, ops) => ({
      ...batchTensors(ops, batch, inputSize, horizon, counts),
      ...(batch.lessons && { lessons: ops.borrow(batch.lessons, [batch.size, horizon]) }),
    }),
    lossOf: ({ window, target, where, lessons }, { ops, training: isTraining, random }) => {
      const outputs = model.forward(window, { training: isTraining, random });
      const own = (): T => head.loss(ops, outputs, target, where);
      if (!lessons) return own();
      const learned = head.loss(ops, outputs, lessons, where);
      if (share === 1) return learned;
      const part = (value: number): T => ops.tensor([value], []);
      return ops.add(ops.mul(own(), part(1 - share)), ops.mul(learned, part(share)));
    },
    weightOf: batchWeight,
    ...(training.gradientClipNorm > 0 && { gradientClipNorm: training.gradientClipNorm }),
    ...(training.gradientClipValue > 0 && { gradientClipValue: training.gradientClipValue }),
  };
}

/** Where model, loss, optimizer, schedule and batches meet. */
export function trainModel<T extends Tensor>(run: TrainingRun<T>): Promise<TrainResult> {
  const { plan, options } = run;
  const { training, split } = plan;
  const parts = lossParts(run);
  const length = runLength(parts.batches, training);
  const validation = holdsWindow(split.validation, plan.forecaster.horizon) ? windowsOf(run, split.validation) : null;
  return fit<T, TaughtBatch, TaughtTensors<T>>({
    ...parts,
    ...updateRecipe(training, length),
    // The loss and the network go by nothing but the batch and the weights.
    capture: 'auto',
    ...(training.maxEpochs && { maxEpochs: training.maxEpochs }),
    ...(training.maxUpdates && { maxUpdates: training.maxUpdates }),
    ...(training.precision && { precision: training.precision }),
    ...(training.nanPolicy && { nanPolicy: training.nanPolicy }),
    ...(validation && {
      validation: {
        batches: () => batches(validation, { batchSize: validationBatchSize, buffers: 1 }),
        everyUpdates: validationEvery(length, training),
      },
    }),
    restoreBestWeights: training.restoreBestWeights && validation !== null,
    ...(validation && training.patience > 0 && { earlyStopping: { patience: training.patience } }),
    ...(options.checkpoints && {
      checkpoint: {
        storage: options.checkpoints,
        // Without validation no weights are the best: to copy those of every epoch cost a sixth of the training.
        ...(validation === null && { best: false }),
        ...(options.checkpointEvery && { everyUpdates: options.checkpointEvery }),
      },
    }),
    ...(options.resume && { resumeFrom: 'last-good' }),
    ...(options.signal && { signal: options.signal }),
    ...(options.onEvent && { onEvent: options.onEvent }),
    ...(options.logEvery && { logEvery: options.logEvery }),
    ...(options.loggers && { loggers: options.loggers }),
    config: run.identity,
  });
}

/**
 * Scalers by the training part only, without its embargo. One is kept, and leaves series without training steps to their own
 * later rows; the other also takes those, which are in no training window.
 */
export function scalersForFit(
  { split, forecaster }: FitPlan,
  set: SeriesSet,
): { readonly kept: Scaler; readonly training: Scaler } {
  const seen = split.embargoed?.length ? withoutSteps(set, split.embargoed) : set;
  const ranges = split.train;
  const kept = fitScaler(seen, { kind: forecaster.scaler, scope: forecaster.scalerScope, ranges });
  return { kept, training: kept.extend(seen, { ranges }) };
}

function windowsOf<T extends Tensor>({ scaled, plan }: TrainingRun<T>, ranges: StepRanges): ReturnType<typeof windows> {
  const { inputSize, horizon } = plan.forecaster;
  const stride = plan.training.validationStride;
  return windows(scaled, { inputSize, horizon, ranges, stride, strict: plan.split.strict });
}
