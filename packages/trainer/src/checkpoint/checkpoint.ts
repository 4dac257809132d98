import type { OpenSnapshot, OptimizerSnapshot } from '@nt/optim';
import type { NamedArrays } from '@nt/tensor';
import type { RunState } from '../run/run-state.ts';
import type { CheckpointManifest } from './checkpoint-manifest.ts';

/** Everything that a run needs to go on exactly from where it was. */
export interface CheckpointContent {
  /** What training continues from. */
  readonly weights: NamedArrays;
  /** Averaged weights, when the run averages; what should be used to predict. */
  readonly averagedWeights: NamedArrays | null;
  /** Weights of the best check, when they are not those of this checkpoint. */
  readonly bestWeights: NamedArrays | null;
  readonly optimizer: OptimizerSnapshot;
  /** Counters, losses, early stopping, loader position, history. */
  readonly state: RunState;
}

/** The same of a run that goes on: what lies on the engine is read when its file is written, one file at a time. */
export interface LiveContent {
  readonly update: number;
  readonly epoch: number;
  readonly optimizer: OpenSnapshot;
  readonly bestWeights: NamedArrays | null;
  weights(): Promise<NamedArrays>;
  state(): Promise<RunState>;
  /** Null when the run does not average. */
  readonly averagedWeights: (() => Promise<NamedArrays>) | null;
}

/** A checkpoint that was read and found whole. */
export interface Checkpoint extends CheckpointContent {
  readonly name: string;
  readonly manifest: CheckpointManifest;
}
