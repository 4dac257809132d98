export { seasonLength } from '@nt/data';
export { backtest, backtestFold } from './backtest/backtest.ts';
export type { BacktestOptions, BacktestRunOptions } from './backtest/backtest-options.ts';
export type { Backtest, FoldReport } from './backtest/backtest-report.ts';
export type { Estimator, EstimatorInput, RecalibrationInput, Subject } from './backtest/estimator.ts';
export { type EstimatorOptions, type EstimatorRun, estimatorOf } from './backtest/estimator-of.ts';
export type { CheckpointsOf, FitCheckpoints } from './backtest/fit-checkpoints.ts';
export type { BacktestEvent, FoldForecasts } from './backtest/fold-forecasts.ts';
export { mergeFolds } from './backtest/merge-folds.ts';
export type { ModelStore, RefitPolicy } from './backtest/refitting.ts';
export type { RollingIntervals, RollingOptions, RollingScore } from './backtest/rolling-intervals.ts';
export { type FoldRunner, foldRunner } from './backtest/run-folds.ts';
export { drift, mean, naive, seasonalNaive, windowAverage } from './baselines/naive-predictors.ts';
export { type RidgePredictor, ridgePredictor } from './baselines/ridge-predictor.ts';
export type { ConformalPredictor, ConformalState } from './combine/calibrated-predictor.ts';
export {
  type ConformalMethod,
  type ConformalOptions,
  conformal,
  conformalFromJson,
  conformalMethods,
} from './combine/conformal.ts';
export { type EnsembleOptions, ensemble, ensembleMethods } from './combine/ensemble.ts';
export { evaluate } from './evaluate/evaluate.ts';
export type { EvaluateOptions } from './evaluate/evaluate-options.ts';
export { evaluateUnseen, unseenWindows } from './evaluate/evaluate-unseen.ts';
export type { Evaluation, EvaluationRow, IntervalScore, Skill } from './evaluate/evaluation.ts';
export type { ForecastTable, MethodForecasts, Place } from './evaluate/forecast-table.ts';
export type { FitPlan } from './fit/fit-plan.ts';
export { partOfPlan } from './fit/part-of-plan.ts';
export { type PartOptions, type Parts, type PlanOptions, partOptionTable } from './fit/plan-options.ts';
export type { RunOptions } from './fit/run-options.ts';
export type { Teacher } from './fit/teacher.ts';
export { FittedForecaster, type SeriesParts } from './fitted-forecaster.ts';
export { ForecastError, type ForecastErrorCode } from './forecast-error.ts';
export { type Fit, Forecaster } from './forecaster.ts';
export { type ForecasterConfig, type ForecasterOptions, forecasterOptionTable } from './forecaster-options.ts';
export { type LossCatalogue, type LossChoice, type LossName, lossNames } from './heads/heads.ts';
export { type JobRunner, jobLost } from './jobs/job-runner.ts';
export { type FutureName, futureNames } from './leakcheck/changed-futures.ts';
export type { LeakCheck, LeakCheckName, LeakDifference, LeakReport } from './leakcheck/leak-report.ts';
export { leakcheck } from './leakcheck/leakcheck.ts';
export type { LeakcheckOptions } from './leakcheck/leakcheck-options.ts';
export { type ModelName, modelFactories } from './models/model-factories.ts';
export type { ModelFactory, ModelInit, ModelOptions, ModelSize } from './models/model-factory.ts';
export { nhitsFactory } from './models/nhits-factory.ts';
export { NhitsForecaster, type NhitsForecasterOptions, type NhitsNetworkOptions } from './nhits-forecaster.ts';
export type { Choice, ChoiceValue, Chosen, Constants } from './options/choice.ts';
export type { DecidedOptions, GivenOptions, Option, OptionTable } from './options/option.ts';
export type { Forecast, ForecastNotice, SeriesForecast } from './predict/forecast.ts';
export { forecastParts } from './predict/forecast-parts.ts';
export { type Interval, intervalsOf, quantilesOfLevels } from './predict/levels.ts';
export type { WindowPart } from './predict/network-parts.ts';
export type { PredictOptions } from './predict/predict-options.ts';
export { type ForecastRule, rulePredictor } from './predict/rule-predictor.ts';
export type { WindowForecasts } from './predict/window-forecasts.ts';
export type { Predictor, Saving } from './predictor.ts';
export { type BlendEstimatorOptions, blendEstimator } from './recipe/blend-estimator.ts';
export type { BlendExplanation, BlendVerdict } from './recipe/blend-explanation.ts';
export {
  type BlendConfig,
  type BlendEvent,
  type BlendOptions,
  type BlendPreset,
  blendOptionTable,
  blendPresets,
} from './recipe/blend-options.ts';
export { type BlendPlan, planBlend } from './recipe/blend-plan.ts';
export { type BlendMember, type BlendPredictor, isBlend } from './recipe/blend-predictor.ts';
export { type DistillOptions, distill } from './recipe/distill.ts';
export { fitBlend } from './recipe/fit-blend.ts';
export type { MemberReport, RefitReport } from './recipe/member-report.ts';
export type { Blend } from './recipe/pool.ts';
export {
  fromModelFiles,
  type ModelFiles,
  modelFileNames,
  type SaveOptions,
  toModelFiles,
} from './saved/model-files.ts';
export type { ModelRecords } from './saved/model-records.ts';
export type { ModelState } from './saved/model-state.ts';
export { networksIn } from './saved/networks-in.ts';
export {
  type BlendRun,
  type BlendRunOptions,
  type NetworkRun,
  type NetworkRunOptions,
  type RunSpec,
  type RunSpecOptions,
  readRunSpec,
  runSpec,
} from './saved/run-spec.ts';
export type { SeenUntil } from './saved/seen-until.ts';
export type { TrainingData } from './saved/training-data.ts';
export { type Optimization, optimize } from './search/optimize.ts';
export {
  type OptimizeConfig,
  type OptimizeEvent,
  type OptimizeOptions,
  optimizeOptionTable,
  type TrialJob,
  type TrialResult,
} from './search/optimize-options.ts';
export type { SearchChoice, SearchPoint, SearchRange, SearchSpace } from './search/search-space.ts';
export { type TrialRunner, type TrialRunOptions, trialRunner } from './search/trial-runner.ts';
export { type Trading, type TradingOptions, tradingOf } from './trading/trading-of.ts';
export {
  type AugmentationCatalogue,
  type AugmentationChoice,
  type AugmentationName,
  augmentationNames,
} from './training/augmentations.ts';
export { type AverageCatalogue, type AverageChoice, type AverageName, averageNames } from './training/averages.ts';
export type { LookaheadChoice } from './training/lookahead.ts';
export {
  type OptimizerCatalogue,
  type OptimizerChoice,
  type OptimizerName,
  optimizerNames,
} from './training/optimizers.ts';
export { type PresetName, presetNames } from './training/presets.ts';
export { type ScheduleCatalogue, type ScheduleChoice, type ScheduleName, scheduleNames } from './training/schedules.ts';
export {
  type NanPolicy,
  nanPolicyNames,
  precisionNames,
  type TrainingConfig,
  type TrainingOptions,
  trainingOptionTable,
} from './training/training-options.ts';
