export { seasonLength } from './baselines/season-length.ts';
export { seasonalNaive } from './baselines/seasonal-naive.ts';
export type { Evaluation, EvaluationRow } from './evaluation.ts';
export type { FitOptions } from './fit-options.ts';
export type { FitPlan } from './fit-plan.ts';
export type { Forecast, SeriesForecast } from './forecast.ts';
export { ForecastError, type ForecastErrorCode } from './forecast-error.ts';
export { Forecaster } from './forecaster.ts';
export type { ForecasterConfig, ForecasterOptions } from './forecaster-options.ts';
export { fromModelFiles, type ModelFiles, toModelFiles } from './model-files.ts';
export type { ModelState } from './model-state.ts';
export type { ModelFactory, ModelInit, ModelOptions, ModelSize } from './models/model-factory.ts';
export { nhitsFactory } from './models/nhits-factory.ts';
export { NhitsForecaster, type NhitsForecasterOptions, type NhitsNetworkOptions } from './nhits-forecaster.ts';
export type { SeenUntil } from './seen-until.ts';
export {
  type AugmentationCatalogue,
  type AugmentationChoice,
  type AugmentationName,
  augmentationNames,
} from './training/augmentations.ts';
export { type AverageCatalogue, type AverageChoice, type AverageName, averageNames } from './training/averages.ts';
export type { Choice, ChoiceValue, Chosen, Constants } from './training/choice.ts';
export { type LossCatalogue, type LossChoice, type LossName, lossNames } from './training/losses.ts';
export {
  type OptimizerCatalogue,
  type OptimizerChoice,
  type OptimizerName,
  optimizerNames,
} from './training/optimizers.ts';
export { type ScheduleCatalogue, type ScheduleChoice, type ScheduleName, scheduleNames } from './training/schedules.ts';
export type { TrainingConfig } from './training/training-config.ts';
export {
  type LookaheadChoice,
  type NanPolicy,
  nanPolicyNames,
  precisionNames,
  type TrainingOptions,
} from './training/training-options.ts';
