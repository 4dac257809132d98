import type { Optimizer } from '@nt/optim';
import type { NamedArrays, NetworkOps, Tensor } from '@nt/tensor';
import type { CheckpointKeeper } from '../checkpoint/checkpoint-keeper.ts';
import type { Settings } from '../options/resolve-options.ts';
import type { TrainBatch } from '../options/train-options.ts';
import type { StorageLock } from '../storage/checkpoint-storage.ts';
import type { TrainEvent, TrainEventOf } from '../train-event.ts';
import type { HistoryRow } from '../train-result.ts';
import type { BatchFeed } from './batch-feed.ts';
import type { MeanLoss } from './mean-loss.ts';
import type { Profiler } from './profiler.ts';
import type { RunLoggers } from './run-loggers.ts';
import type { Counters, LossSum } from './run-state.ts';
import type { Steps } from './steps.ts';
import type { StopWatch } from './stop-watch.ts';

/** One run in progress: what its steps share. Made by `openRun`, changed only by the functions of this folder. */
export interface Run<T extends Tensor, B extends TrainBatch, I> {
  readonly settings: Settings<T, B, I>;
  readonly ops: NetworkOps<T>;
  readonly optimizer: Optimizer<T>;
  /** What an engine may record and repeat. */
  readonly steps: Steps<T>;
  readonly feed: BatchFeed<B>;
  readonly loss: MeanLoss<T>;
  readonly watch: StopWatch;
  readonly profiler: Profiler;
  readonly keeper: CheckpointKeeper | null;
  readonly lock: StorageLock | null;
  readonly resumedFrom: string | null;
  readonly counters: Counters;
  readonly loggers: RunLoggers;
  readonly history: HistoryRow[];
  /** Told to the consumer at the next opportunity. */
  readonly notices: TrainEventOf<'notice'>[];
  epochLoss: LossSum;
  /** Weights of the best check, on the host; null when the model holds them or none are remembered. */
  bestWeights: NamedArrays | null;
  /** Whether something has changed since the last checkpoint. */
  isDirty: boolean;
  /** Milliseconds of training at the last checkpoint. */
  savedAt: number;
  /** What the last checkpoint took; 0 before the first of this part of the run. */
  saveMilliseconds: number;
  /** What all checkpoints of this part of the run took. */
  allSavesMilliseconds: number;
  /** A non-finite number was found that ends the run. */
  sawNonFinite: boolean;
}

/** The events of a run, as its parts yield them. */
export type RunEvents = AsyncGenerator<TrainEvent, void, void>;
