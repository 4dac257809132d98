import type { BestMetric } from './checkpoint/checkpoint-manifest.ts';
import type { TrainResult } from './train-result.ts';

/** Things a run tells that are not progress. */
export type NoticeCode =
  | 'update-skipped'
  | 'non-finite'
  | 'loss-scale-changed'
  | 'checkpoint-passed-over'
  | 'config-changed'
  | 'lock-taken-over'
  | 'logger-failed'
  | 'clock-went-back';

/** What happens in a run, in order. `update` is completed updates, `epoch` the running epoch's number from 0. */
export type TrainEvent =
  | {
      readonly type: 'run-start';
      readonly update: number;
      readonly epoch: number;
      /** Name of the checkpoint that the run continues from. */
      readonly resumedFrom: string | null;
      /** Trainable numbers in the model. */
      readonly numParameters: number;
      /** Micro-batches of an epoch. */
      readonly batchesPerEpoch: number;
      readonly updatesPerEpoch: number;
      /** Updates after which the run is complete at the latest; null when only time limits it. */
      readonly maxUpdates: number | null;
    }
  | { readonly type: 'epoch-start'; readonly epoch: number; readonly update: number }
  | {
      readonly type: 'update-end';
      readonly update: number;
      readonly epoch: number;
      /** Windows in this update. */
      readonly size: number;
      /** Mean training loss since it was last read; null when it was not read at this update. */
      readonly loss: number | null;
      /** Used by this update; null when the transform has none. */
      readonly learningRate: number | null;
      /** Seconds of training so far, resumed parts included. */
      readonly seconds: number;
    }
  | { readonly type: 'validation-start'; readonly update: number; readonly epoch: number; readonly sanity: boolean }
  | {
      readonly type: 'validation-end';
      readonly update: number;
      readonly epoch: number;
      /** True for the check before training, which counts nowhere. */
      readonly sanity: boolean;
      readonly metrics: Readonly<Record<string, number>>;
      /** Whether the monitored metric is the best so far. */
      readonly improved: boolean;
      readonly best: BestMetric | null;
      readonly checksWithoutImprovement: number;
    }
  | {
      readonly type: 'epoch-end';
      readonly epoch: number;
      readonly update: number;
      /** Mean over the epoch, each batch counted by its weight. */
      readonly trainLoss: number;
      readonly seconds: number;
    }
  | {
      readonly type: 'checkpoint-saved';
      readonly name: string;
      readonly location: string;
      readonly update: number;
      readonly epoch: number;
      readonly isBest: boolean;
      readonly bytes: number;
    }
  | {
      readonly type: 'notice';
      readonly code: NoticeCode;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'run-end'; readonly result: TrainResult };

/** One kind of event. */
export type TrainEventOf<Type extends TrainEvent['type']> = Extract<TrainEvent, { readonly type: Type }>;
