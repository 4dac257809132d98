import type { GradientTransform } from '@nt/optim';
import type { Backend, Json, NetworkOps, NeuralModel, RandomKey, Tensor } from '@nt/tensor';
import type { CheckpointOptions } from '../checkpoint/checkpoint-options.ts';
import type { Logger } from '../loggers/logger.ts';
import type { EarlyStoppingOptions } from '../run/early-stopping.ts';
import type { LossScalingOptions } from '../run/loss-scale.ts';

/** The least that the trainer must know of a batch; everything else is between the source and `toTensors`. */
export interface TrainBatch {
  /** Windows (samples) in the batch, ≥ 1. */
  readonly size: number;
}

/**
 * Training batches with a position that can be saved. `@nt/data`'s batches are such a source.
 *
 * Each iteration gives the rest of the current epoch; after its end the next iteration is the next epoch. A batch
 * need not outlive the next one.
 */
export interface BatchSource<B extends TrainBatch> extends Iterable<B> {
  readonly epoch: number;
  /** Batches already handed out in this epoch. */
  readonly position: number;
  readonly batchesPerEpoch: number;
  /** Taken after batch k: restored, the source continues with batch k + 1. */
  state(): Json;
  /** Goes back to an earlier `state`, also one that went through JSON. */
  restore(state: Json): void;
}

/** What the trainer needs of a model: `NeuralModel` without its forward pass, which only `lossOf` calls. */
export type TrainableModel<T extends Tensor> = Pick<NeuralModel<T>, 'parameters' | 'saveWeights' | 'loadWeights'>;

/** What `lossOf` is told beside its tensors. */
export interface StepContext<T extends Tensor> {
  readonly ops: NetworkOps<T>;
  /** True in an update, false in validation. */
  readonly training: boolean;
  /** Different for every micro-batch of a run and the same when the run is repeated or resumed. */
  readonly random: RandomKey;
}

/** A mean loss as a rank-0 tensor. */
export type LossOf<T extends Tensor, I> = (inputs: I, context: StepContext<T>) => T;

/** When and on what the model is validated. */
export interface ValidationOptions<T extends Tensor, B extends TrainBatch, I> {
  /** Called for each validation: the validation batches from the beginning. */
  readonly batches: () => Iterable<B>;
  /** Epochs between validations; default 1 unless `everyUpdates` is given. */
  readonly everyEpochs?: number | undefined;
  /** Updates between validations. Both may be given; the end of the run is always validated. */
  readonly everyUpdates?: number | undefined;
  /** More metrics by name, each a rank-0 mean over the batch; they are averaged as the loss is. */
  readonly metricsOf?: ((inputs: I, context: StepContext<T>) => Readonly<Record<string, T>>) | undefined;
}

/** A learning rate that follows a metric: `@nt/schedulers`' `reduceOnPlateau` is one. */
export interface MetricObserver {
  /** Called with the monitored metric after each check. */
  observe(metric: number): unknown;
  /** JSON; saved in every checkpoint. */
  state(): object;
  /** Goes back to an earlier state. */
  restore(state: object): void;
}

/** What an engine computes in. In the mixed ones weights, moments and losses stay float32. */
export type Precision = 'float32' | 'mixed-bfloat16' | 'mixed-float16';

/** How a backend answers for its precision; without an answer it is `float32`, the engine's own float type. */
export interface PrecisionAnswer {
  readonly precision?: Precision | undefined;
}

/** Everything a run needs. At least one of `maxEpochs`, `maxUpdates`, `maxTime` must be given. */
export interface TrainOptions<T extends Tensor, B extends TrainBatch, I> {
  readonly backend: Backend<T> & PrecisionAnswer;
  readonly model: TrainableModel<T>;
  /** The optimizer as an `@nt/optim` transform; its hyperparameters may be schedules. */
  readonly transform: GradientTransform;
  readonly batches: BatchSource<B>;
  /** Copies a batch to the engine, once per micro-batch: a tensor, or plain objects and arrays of them. Freed by the run. */
  readonly toTensors: (batch: B, ops: NetworkOps<T>) => I;
  /** The loss of one micro-batch: a rank-0 tensor, the mean over whatever counts. */
  readonly lossOf: LossOf<T, I>;
  /** How much a batch counts in epoch and validation means; default its size. */
  readonly weightOf?: ((batch: B) => number) | undefined;
  /** Where a batch comes from, for messages about it; default its number and epoch. */
  readonly describeBatch?: ((batch: B) => string) | undefined;
  /** Seed of `StepContext.random`, a whole number ≥ 0; default 0. */
  readonly seed?: number | undefined;

  /** Epochs after which the run is complete. */
  readonly maxEpochs?: number | undefined;
  /** Updates after which the run is complete. */
  readonly maxUpdates?: number | undefined;
  /** Seconds of training, resumed parts included, after which the run ends (reason `max-time`). */
  readonly maxTime?: number | undefined;
  /** Early stopping never stops before this many updates; default 0. */
  readonly minUpdates?: number | undefined;
  /** An epoch is this many micro-batches; the source goes on where it was. */
  readonly limitTrainBatches?: number | undefined;
  /** At most this many batches in a validation. */
  readonly limitValidationBatches?: number | undefined;
  /** Batches validated before the first update, to fail early; their metrics count nowhere. Default 0. */
  readonly sanityValidationBatches?: number | undefined;
  /** Trains on the first n batches of the source over and over: a model that cannot fit them has a fault. */
  readonly overfitBatches?: number | undefined;
  /** n updates (true: 1) and n validation batches, without checkpoints, loggers and early stopping: does it run at all? */
  readonly fastDevRun?: boolean | number | undefined;

  readonly validation?: ValidationOptions<T, B, I> | undefined;
  readonly earlyStopping?: EarlyStoppingOptions | undefined;
  /** The metric that says what is best; default `validationLoss`, without validation `trainLoss` (the epoch's mean). */
  readonly monitor?: string | undefined;
  /** Whether lower or higher is better; default `min`. */
  readonly mode?: 'min' | 'max' | undefined;
  /** Leaves the best weights in the model at the end; default true when there is validation or early stopping. */
  readonly restoreBestWeights?: boolean | undefined;
  /** Observes the monitored metric after each check. */
  readonly plateau?: MetricObserver | undefined;

  /** Micro-batches per update: their mean gradient is used. A rest at the end of an epoch makes its own update. Default 1. */
  readonly accumulate?: number | undefined;
  /** Scales gradients down to this global norm before `transform`. */
  readonly gradientClipNorm?: number | undefined;
  /** Clips each gradient element to ± this before `transform` (after `gradientClipNorm`). */
  readonly gradientClipValue?: number | undefined;
  /** `exponentialMovingAverage` or `stochasticWeightAverage`: the averaged weights are validated, kept as best and left in the model. */
  readonly averaging?: GradientTransform | undefined;
  /**
   * What a non-finite loss or gradient does, looked for at every update (one scalar is read): end the run before it
   * touches the weights, leave the update out, or throw. Without a policy it is seen when a loss is read, and ends the run.
   */
  readonly nanPolicy?: 'stop' | 'skip' | 'error' | undefined;
  /** What the engine must compute in; default what the backend says. Another than the backend's is refused. */
  readonly precision?: Precision | undefined;
  /** Dynamic loss scaling of `mixed-float16`. */
  readonly lossScaling?: LossScalingOptions | undefined;

  readonly checkpoint?: CheckpointOptions | undefined;
  /** Continues from a checkpoint: the newest, the best, the newest that is whole, or one by name. */
  readonly resumeFrom?: 'last' | 'best' | 'last-good' | (string & {});
  /** With `resumeFrom`: start anew when there is no checkpoint yet; default false (an error). */
  readonly resumeIfPresent?: boolean | undefined;
  /** Yours: written into each checkpoint and compared on resume; a difference is an error that lists it. */
  readonly config?: Json | undefined;
  /** Paths (`optimizer.learningRate`) or last names (`learningRate`) that may differ on resume. */
  readonly allowChanged?: readonly string[] | undefined;
  /** Yours: written into each checkpoint, never compared. */
  readonly metadata?: Json | undefined;
  /** When it aborts, the run finishes its update, saves a checkpoint and ends (reason `aborted`). */
  readonly signal?: AbortSignal | undefined;

  /**
   * Milliseconds of computing on this thread after which, between two updates or validation batches, others get a turn:
   * signals, timers, and in pages input and a drawn frame. Default 16 in pages, else 40; `never` leaves it to you.
   */
  readonly yieldEvery?: number | 'never';
  /**
   * `auto`: engines that can record what an update and a validation batch have them do, and repeat that without running
   * `lossOf` and the optimizer's arithmetic in JavaScript: the same bits, less time. `lossOf` and `metricsOf` must then
   * depend on nothing but their arguments and the weights; random keys go to `ops.randomUniform` as functions. What differs
   * between two updates in a row is noticed and not repeated; `TrainResult.capture` says how it went. Default false.
   */
  readonly capture?: 'auto' | false | undefined;
  /** Updates between reads of the training loss; default 50. Reading makes the program wait for the device. */
  readonly logEvery?: number | undefined;
  readonly loggers?: readonly Logger[] | undefined;
  /** `simple`: seconds by phase in the result; waits for the device after each phase. */
  readonly profiler?: 'simple' | undefined;
  /** Milliseconds from any origin; default `performance.now`. */
  readonly clock?: (() => number) | undefined;
}
