export { connectForecaster, type ForecasterClient } from './connect-forecaster.ts';
export type { ChosenEngine, CreateEngine } from './engine-holder.ts';
export type { DataPreview, FileRequest, LinesRequest, ReadOptions, SeriesPart } from './file-messages.ts';
export type { OpenStorage } from './kept-runs.ts';
export type {
  BacktestOutcome,
  BacktestRequest,
  BlendPlanReport,
  BlendTrainRequest,
  EngineReport,
  ForecastReport,
  KeptRun,
  LabelledForecast,
  MessageEnd,
  ModelReport,
  NetworkPlanReport,
  NetworkTrainRequest,
  PlainError,
  PlanReport,
  TrainOutcome,
  TrainRequest,
  WorkerBacktestEvent,
  WorkerMethods,
  WorkerReply,
  WorkerRequest,
  WorkerTrainEvent,
} from './messages.ts';
export type { Held, OwnMethod } from './own-methods.ts';
export { fromPlainError, toPlainError } from './plain-error.ts';
export { type ServeOptions, serveForecaster } from './serve-forecaster.ts';
