import type { Json } from '@nt/tensor';

/** The best value of the monitored metric so far. */
export interface BestMetric {
  readonly metric: string;
  readonly value: number;
  /** Completed updates when it was measured. */
  readonly update: number;
  readonly epoch: number;
}

/** What a checkpoint says of itself; `manifest.json`. */
export interface CheckpointManifest {
  readonly format: 'nt-checkpoint';
  readonly version: 1;
  /** Completed updates. */
  readonly update: number;
  readonly epoch: number;
  /** ISO time of writing (wall clock). */
  readonly savedAt: string;
  /** Training time of all parts of the run so far (wall clock). */
  readonly elapsedMilliseconds: number;
  /** The monitored metric measured at this very update; null when it was not. */
  readonly monitored: { readonly metric: string; readonly value: number } | null;
  readonly best: BestMetric | null;
  /** Name of the checkpoint of the best check, perhaps this one; null when none is kept. */
  readonly bestCheckpoint: string | null;
  /** The one before it; null for the first. */
  readonly previousCheckpoint: string | null;
  /** Running number of the run's first checkpoint; those with lower ones are of other runs, and are left alone. */
  readonly firstNumber: number;
  /** Checkpoints of the best checks, best first. */
  readonly topCheckpoints: readonly { readonly name: string; readonly value: number }[];
  /** The trainer's options that change the result of an update; compared on resume. */
  readonly trainer: Json;
  /** The caller's; compared on resume. */
  readonly config: Json;
  /** The caller's. */
  readonly metadata: Json;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}
