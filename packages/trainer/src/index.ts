export type { Checkpoint, CheckpointContent } from './checkpoint/checkpoint.ts';
export type { BestMetric, CheckpointManifest } from './checkpoint/checkpoint-manifest.ts';
export type { CheckpointOptions } from './checkpoint/checkpoint-options.ts';
export { type CheckpointInfo, listCheckpoints, readCheckpoint } from './checkpoint/read-checkpoint.ts';
export { type FitOptions, fit } from './fit.ts';
export { csvLogger } from './loggers/csv-logger.ts';
export { jsonLinesLogger } from './loggers/json-lines-logger.ts';
export type { Logger, LogPosition } from './loggers/logger.ts';
export { type LoggedRow, type MemoryLogger, memoryLogger } from './loggers/memory-logger.ts';
export type { TextSink } from './loggers/text-sink.ts';
export type {
  BatchSource,
  LossOf,
  MetricObserver,
  Precision,
  PrecisionAnswer,
  StepContext,
  TrainableModel,
  TrainBatch,
  TrainOptions,
  ValidationOptions,
} from './options/train-options.ts';
export type { EarlyStoppingOptions, EarlyStoppingState } from './run/early-stopping.ts';
export type { LossScaleState, LossScalingOptions } from './run/loss-scale.ts';
export type { Profile, ProfilePhase } from './run/profiler.ts';
export type { LossSum, RunState } from './run/run-state.ts';
export type { CaptureReports } from './run/steps.ts';
export {
  type BatchSizeSuggestion,
  type BatchSizeTrial,
  type FindBatchSizeOptions,
  findBatchSize,
} from './search/find-batch-size.ts';
export {
  type FindLearningRateOptions,
  findLearningRate,
  type LearningRatePoint,
  type LearningRateSuggestion,
  type TrialOptions,
} from './search/find-learning-rate.ts';
export type { CheckpointStorage, FileInParts, StorageLock } from './storage/checkpoint-storage.ts';
export { train } from './train.ts';
export type { NoticeCode, TrainEvent, TrainEventOf } from './train-event.ts';
export type { HistoryRow, StopReason, TrainResult } from './train-result.ts';
export { TrainerError, type TrainerErrorCode } from './trainer-error.ts';
