export { connectForecaster, type ForecasterClient } from './connect-forecaster.ts';
export type { ChosenEngine, CreateEngine } from './engine-holder.ts';
export type { OpenStorage } from './kept-runs.ts';
export type {
  DataPreview,
  EngineReport,
  FileRequest,
  ForecastReport,
  KeptRun,
  LabelledForecast,
  LinesRequest,
  MessageEnd,
  PlainError,
  PlanReport,
  ReadOptions,
  SeriesPart,
  TrainOutcome,
  TrainRequest,
  WorkerMethods,
  WorkerReply,
  WorkerRequest,
  WorkerTrainEvent,
} from './messages.ts';
export { fromPlainError, toPlainError } from './plain-error.ts';
export { type ServeOptions, serveForecaster } from './serve-forecaster.ts';
