import type { BackendDescription } from '@nt/tensor';
import type { TrainEvent, TrainResult } from '@nt/trainer';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { Backtest } from '../backtest/backtest-report.ts';
import type { BacktestEvent } from '../backtest/fold-forecasts.ts';
import type { EvaluateOptions } from '../evaluate/evaluate-options.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { FitPlan } from '../fit/fit-plan.ts';
import type { PlanOptions } from '../fit/plan-options.ts';
import type { SeriesParts } from '../fitted-forecaster.ts';
import type { NhitsForecasterOptions } from '../nhits-forecaster.ts';
import type { Forecast, SeriesForecast } from '../predict/forecast.ts';
import type { Predictor } from '../predictor.ts';
import type { BlendExplanation } from '../recipe/blend-explanation.ts';
import type { BlendConfig, BlendEvent, BlendOptions } from '../recipe/blend-options.ts';
import type { BlendPlan } from '../recipe/blend-plan.ts';
import type { ModelFiles } from '../saved/model-files.ts';
import type { ModelState } from '../saved/model-state.ts';
import type { DataPreview, FileRequest, LinesRequest, ReadOptions, SeriesPart } from './file-messages.ts';

/** Which engine computes, and why this one. */
export interface EngineReport {
  readonly description: BackendDescription;
  readonly reason: string;
}

/** Where a run computes, and where it is kept. */
interface RunRequest {
  /** Handed to the worker's `createEngine`; default: its own choice. */
  readonly engine?: string | undefined;
  /**
   * Name under which file, request and checkpoints are kept in the browser's storage until the run has ended, so that
   * `keptRun` finds them after a reload; default: kept nowhere. A browser that refuses to store them costs no more than
   * that: the training goes on in memory, after an event `not-kept`.
   */
  readonly keep?: string | undefined;
  /** Goes on from the newest checkpoint under `keep`, to the bits of an uninterrupted run; default false. */
  readonly resume?: boolean | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly logEvery?: number | undefined;
}

/** One network. */
export interface NetworkTrainRequest extends RunRequest {
  readonly forecaster: NhitsForecasterOptions;
  readonly plan?: Omit<PlanOptions, 'split'> | undefined;
}

/** Several networks and linear models, blended: `fitBlend`. */
export interface BlendTrainRequest extends RunRequest {
  readonly recipe: Pick<BlendOptions, keyof BlendConfig>;
}

/** What to train. */
export type TrainRequest = NetworkTrainRequest | BlendTrainRequest;

/** The sizes of a plan of one network. */
export type NetworkPlanReport = Pick<
  FitPlan,
  | 'forecaster'
  | 'training'
  | 'parts'
  | 'trainWindows'
  | 'validationWindows'
  | 'testWindows'
  | 'updatesPerEpoch'
  | 'maxUpdates'
>;

/** The sizes of a plan of a blend; `networks` tells it from the other. */
export type BlendPlanReport = Omit<BlendPlan, 'split'>;

/** The sizes of a plan. */
export type PlanReport = NetworkPlanReport | BlendPlanReport;

/** What the trainer of one network tells. */
type NetworkEvent = Exclude<TrainEvent, { readonly type: 'run-end' }>;

/**
 * What a training run tells: its plan and engine (again after the engine was lost), the trainer's events (updates at most
 * every tenth of a second, but each one whose loss was read), of a blend its members with theirs, pauses, that the
 * device was lost, after which it goes on by itself from the newest checkpoint, and that the browser keeps nothing.
 */
export type WorkerTrainEvent =
  | { readonly type: 'planned'; readonly plan: PlanReport; readonly engine: EngineReport }
  | { readonly type: 'paused'; readonly update: number }
  | { readonly type: 'engine-lost'; readonly message: string }
  | { readonly type: 'not-kept'; readonly message: string }
  | NetworkEvent
  | Exclude<BlendEvent, { readonly type: 'training' }>
  | { readonly type: 'training'; readonly member: string; readonly event: NetworkEvent };

/** What a model is, whoever made it. */
export interface ModelReport
  extends Pick<Predictor, 'method' | 'horizon' | 'quantiles' | 'highestLevel' | 'trainedOn'> {
  /** Of one network, alone or inside what gives it intervals; else null. */
  readonly network: ModelState | null;
  /** What a blend is made of, and why; else null. */
  readonly recipe: BlendExplanation | null;
}

/** How a training run ended. The model stays in the worker. */
export interface TrainOutcome {
  /** Of a blend `completed` or, when it was stopped, `aborted`: then it is made of what was finished. */
  readonly reason: TrainResult['reason'];
  /** Of one network; null of a blend, whose members tell in `model.recipe`. */
  readonly result: TrainResult | null;
  readonly model: ModelReport;
}

/** A backtest of what a request would train in every fold; parts follow from the folds. */
export interface BacktestRequest extends Omit<BacktestOptions, 'rivals'> {
  readonly train: TrainRequest;
}

/** What a backtest found, without the table of all its forecasts, which stays in the worker. */
export type BacktestOutcome = Omit<Backtest, 'table'>;

/** How far a backtest is; `training` of the network that is trained in the running fold. */
export type WorkerBacktestEvent =
  | { readonly type: 'planned'; readonly engine: EngineReport }
  | Exclude<BacktestEvent, { readonly type: 'fold-end' }>
  | Omit<Extract<BacktestEvent, { readonly type: 'fold-end' }>, 'forecasts'>
  | { readonly type: 'training'; readonly member: string | null; readonly event: NetworkEvent };

/** A forecast for one series, with its times as the file writes them. */
export interface LabelledForecast extends SeriesForecast {
  readonly labels: readonly string[];
}

/** What comes next for every series. */
export interface ForecastReport extends Omit<Forecast, 'series'> {
  readonly series: readonly LabelledForecast[];
}

/** A run that was cut off: by a reload, a closed tab, a crash. */
export interface KeptRun {
  /** Name of the file, which is kept as well. */
  readonly name: string;
  readonly options: ReadOptions;
  readonly request: TrainRequest;
  /** Updates of its newest checkpoint, of a blend those of all members together; 0 when there is none yet. */
  readonly update: number;
}

/** Everything that a worker can be asked: parameters and result by name. All of it can be cloned by `postMessage`. */
export interface WorkerMethods {
  /** Which engine computes; `wish` is handed to the worker's `createEngine`. */
  engine(wish: string | undefined): Promise<EngineReport>;
  /** Reads a file and tells what it was read as. The worker keeps the data for what follows. */
  preview(request: FileRequest): Promise<DataPreview>;
  /** Lines of a text file as they stand, for a message that names them. */
  lines(request: LinesRequest): Promise<readonly string[]>;
  /** The newest `last` time steps of a series, by its place in `preview`. */
  series(request: { readonly series: number; readonly last: number }): Promise<SeriesPart>;
  /** The sizes of a training run, without training. */
  plan(request: TrainRequest): Promise<PlanReport>;
  /** Trains on the file of the last `preview`; the fitted forecaster stays in the worker. */
  train(request: TrainRequest): Promise<TrainOutcome>;
  /** Holds the training with a checkpoint; resumed, it ends with the bits of one without a pause. */
  pause(): Promise<void>;
  /** Goes on with a held training. */
  resume(): Promise<void>;
  /** Ends the training after the running update; the last weights are kept. */
  stop(): Promise<void>;
  /** What comes next after the data, of every series. */
  forecast(options: { readonly levels?: readonly number[] | undefined }): Promise<ForecastReport>;
  /** What a forecast of one network consists of, stack by stack; null for a model without stacks. */
  decompose(): Promise<readonly SeriesParts[] | null>;
  /** Judges on the test part, beside the naive forecasts. */
  evaluate(options: EvaluateOptions): Promise<Evaluation>;
  /** Trains and judges fold by fold through time. */
  backtest(request: BacktestRequest): Promise<BacktestOutcome>;
  /** The files of a model folder, by name. */
  save(): Promise<ModelFiles>;
  /** Takes over a model from its files. */
  load(files: ModelFiles): Promise<ModelReport>;
  /** The run that was cut off under this name; null when there is none. */
  keptRun(keep: string): Promise<KeptRun | null>;
  /** Reads the file of a run that was cut off, as `preview` does. */
  openKept(keep: string): Promise<DataPreview>;
  /** Deletes what is kept under this name. */
  forgetKept(keep: string): Promise<void>;
}

/** A question to the worker. */
export interface WorkerRequest {
  readonly id: number;
  /** One of `WorkerMethods`, or of the worker's own. */
  readonly method: string;
  readonly parameter: unknown;
}

/** An error as plain data. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly details?: unknown;
}

/** What the worker says: an event of a request that goes on, its result or its error. */
export type WorkerReply =
  | { readonly id: number; readonly event: WorkerTrainEvent | WorkerBacktestEvent }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: PlainError };

/** One end of a channel: a `Worker`, the scope of one, or a `MessagePort`. */
export interface MessageEnd {
  /** Sends what can be cloned. */
  postMessage(message: unknown): void;
  /** Hears `message`, and of a `Worker` also `error`. */
  addEventListener(type: string, listener: (event: Event) => void): void;
  /** Ports wait for it. */
  start?(): void;
}
