import type { CsvOptions, DataReport } from '@nt/data';
import type { BackendDescription } from '@nt/tensor';
import type { TrainEvent, TrainResult } from '@nt/trainer';
import type { EvaluateOptions } from '../evaluate/evaluate-options.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { FitPlan } from '../fit/fit-plan.ts';
import type { PlanOptions } from '../fit/plan-options.ts';
import type { NhitsForecasterOptions } from '../nhits-forecaster.ts';
import type { Forecast, SeriesForecast } from '../predict/forecast.ts';
import type { ModelFiles } from '../saved/model-files.ts';
import type { ModelState } from '../saved/model-state.ts';

/** How a file is read: options of the readers of `@nt/data`, those of CSV for CSV only. */
export type ReadOptions = Omit<CsvOptions, 'name'>;

/** A file, and how it is read. Its name says the format, as for `readTable`. */
export interface FileRequest {
  readonly file: Blob;
  /** Default: that of the `File`. */
  readonly name?: string | undefined;
  readonly options?: ReadOptions | undefined;
}

/** What a file was read as. */
export interface DataPreview {
  readonly name: string;
  readonly report: DataReport;
  /** The report as lines for people. */
  readonly lines: readonly string[];
  /** Ids of the series, in the order of the data. */
  readonly series: readonly string[];
  readonly target: string;
  /** Time steps of the season that one expects of this frequency; 1 = none. */
  readonly seasonLength: number;
}

/** The newest time steps of a series, for a chart. */
export interface SeriesPart {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  /** The times as the file writes them. */
  readonly labels: readonly string[];
  readonly values: Float64Array;
}

/** Which engine computes, and why this one. */
export interface EngineReport {
  readonly description: BackendDescription;
  readonly reason: string;
}

/** What to train, and where the run is kept. */
export interface TrainRequest {
  readonly forecaster: NhitsForecasterOptions;
  readonly plan?: Omit<PlanOptions, 'split'> | undefined;
  /** Handed to the worker's `createEngine`; default: its own choice. */
  readonly engine?: string | undefined;
  /**
   * Name under which file, request and checkpoints are kept in the browser's storage until the run has ended, so that
   * `keptRun` finds them after a reload; default: kept nowhere.
   */
  readonly keep?: string | undefined;
  /** Goes on from the newest checkpoint under `keep`, to the bits of an uninterrupted run; default false. */
  readonly resume?: boolean | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly logEvery?: number | undefined;
}

/** The sizes of a plan. */
export type PlanReport = Pick<
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

/**
 * What a training run tells: its plan, the trainer's events (updates at most every tenth of a second, but each one whose
 * loss was read), and pauses.
 */
export type WorkerTrainEvent =
  | { readonly type: 'planned'; readonly plan: PlanReport; readonly engine: EngineReport }
  | { readonly type: 'paused'; readonly update: number }
  | Exclude<TrainEvent, { readonly type: 'run-end' }>;

/** How a training run ended. The fitted forecaster stays in the worker. */
export interface TrainOutcome {
  readonly result: TrainResult;
  readonly state: ModelState;
}

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
  /** Updates of its newest checkpoint; 0 when there is none yet. */
  readonly update: number;
}

/** Which lines of a text file to show. Lines count from 1. */
export interface LinesRequest {
  readonly file: Blob;
  readonly first: number;
  readonly last: number;
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
  /** Judges on the test part, beside the naive forecasts. */
  evaluate(options: EvaluateOptions): Promise<Evaluation>;
  /** The files of a model folder, by name. */
  save(): Promise<ModelFiles>;
  /** Takes over a model from its files. */
  load(files: ModelFiles): Promise<ModelState>;
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
  readonly method: keyof WorkerMethods;
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
  | { readonly id: number; readonly event: WorkerTrainEvent }
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
