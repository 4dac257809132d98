import type { Json } from '@nt/tensor';
import type { BestMetric } from '../checkpoint/checkpoint-manifest.ts';
import type { HistoryRow } from '../train-result.ts';
import { type EarlyStoppingState, noChecks } from './early-stopping.ts';
import type { LossScaleState } from './loss-scale.ts';

/** A weighted sum and its weight. */
export interface LossSum {
  readonly sum: number;
  readonly weight: number;
}

/** Everything of a run but weights and optimizer state: JSON, without anything that depends on the clock. */
export interface RunState {
  /** Completed updates. */
  readonly update: number;
  /** Number of the running epoch, from 0; the completed epochs. */
  readonly epoch: number;
  /** Micro-batches drawn in the running epoch. */
  readonly batchInEpoch: number;
  /** Micro-batches drawn in all; the counter of the steps' random key. */
  readonly microBatches: number;
  readonly windows: number;
  readonly skippedUpdates: number;
  /** Skipped updates in a row. */
  readonly skippedInARow: number;
  /** Updates at the last validation; −1 before the first. */
  readonly validatedAt: number;
  /** The last check of the monitored metric. */
  readonly lastCheck: { readonly update: number; readonly value: number } | null;
  /** Training loss since the last read that still lies on the device. */
  readonly unreadLoss: LossSum;
  /** Training loss of the running epoch that has been read. */
  readonly epochLoss: LossSum;
  readonly best: BestMetric | null;
  readonly earlyStopping: EarlyStoppingState;
  readonly plateau: object | null;
  readonly lossScale: LossScaleState | null;
  readonly history: readonly HistoryRow[];
  /** Of the batch source. */
  readonly source: Json;
  /** Where `overfitBatches` begins again. */
  readonly overfitStart: Json;
}

type CounterName =
  | 'update'
  | 'epoch'
  | 'batchInEpoch'
  | 'microBatches'
  | 'windows'
  | 'skippedUpdates'
  | 'skippedInARow'
  | 'validatedAt'
  | 'lastCheck'
  | 'best'
  | 'earlyStopping'
  | 'lossScale';

/** The part of the state that the loop itself counts. */
export type Counters = { -readonly [Name in CounterName]: RunState[Name] };

/** The counters of a run before its first update. */
export const initialCounters: Readonly<Counters> = {
  update: 0,
  epoch: 0,
  batchInEpoch: 0,
  microBatches: 0,
  windows: 0,
  skippedUpdates: 0,
  skippedInARow: 0,
  validatedAt: -1,
  lastCheck: null,
  best: null,
  earlyStopping: noChecks,
  lossScale: null,
};
