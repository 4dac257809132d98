import type { BestMetric } from './checkpoint/checkpoint-manifest.ts';
import type { Profile } from './run/profiler.ts';
import type { CaptureReports } from './run/steps.ts';

/** Why a run ended. */
export type StopReason = 'completed' | 'early-stopped' | 'aborted' | 'max-time' | 'nan';

/** Numbers of one moment of the run. */
export interface HistoryRow {
  /** `train`: since the loss was last read; `epoch`: of a whole epoch; `validation`: of a check. */
  readonly kind: 'train' | 'epoch' | 'validation';
  readonly update: number;
  readonly epoch: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What a run leaves behind. */
export interface TrainResult {
  readonly reason: StopReason;
  /** Completed updates. */
  readonly updates: number;
  /** Completed epochs. */
  readonly epochs: number;
  /** Windows trained on. */
  readonly windows: number;
  /** Seconds of training, resumed parts included. */
  readonly seconds: number;
  /** Of these, on writing checkpoints, since the run was started or resumed. */
  readonly checkpointSeconds: number;
  readonly best: BestMetric | null;
  /** What the model holds now. */
  readonly weights: 'best' | 'last' | 'averaged';
  readonly history: readonly HistoryRow[];
  /** Name of the newest checkpoint of this run. */
  readonly checkpoint: string | null;
  readonly bestCheckpoint: string | null;
  /** Updates left out by `nanPolicy: 'skip'` or by loss scaling. */
  readonly skippedUpdates: number;
  readonly profile: Profile | null;
  /** How often recorded commands were repeated, and why not where they were not; null when nothing is recorded. */
  readonly capture: CaptureReports | null;
}
