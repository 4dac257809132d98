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
export type { ModelFactory, ModelOptions, ModelSize } from './models/model-factory.ts';
export { nhitsFactory } from './models/nhits-factory.ts';
export { NhitsForecaster, type NhitsForecasterOptions, type NhitsNetworkOptions } from './nhits-forecaster.ts';
export type { SeenUntil } from './seen-until.ts';
export {
  type LossName,
  lossNames,
  type OptimizerName,
  optimizerNames,
  type ScheduleName,
  scheduleNames,
  type TrainingConfig,
  type TrainingOptions,
} from './training-options.ts';
