import type { PlainError } from '@nt/forecast/worker';

/** How far the training in a job is. */
export interface JobProgress {
  readonly update: number;
  readonly maxUpdates: number | null;
  readonly loss: number | null;
  readonly validation: number | null;
  /** Of a blend: which of its networks. */
  readonly member?: string;
}

/** A job as `@nt/forecast` gives it to its runner: the number of a fold, or a trial of a search. */
export interface RunMessage {
  readonly type: 'run';
  readonly job: unknown;
  /** Where the trainings of this job keep their checkpoints. */
  readonly checkpoints?: JobCheckpoints | undefined;
}

/** A folder for the trainings of one attempt at a job. */
export interface JobCheckpoints {
  readonly folder: string;
  /** Updates between checkpoints; default: as the trainer's. */
  readonly every?: number | undefined;
}

/**
 * What a process that runs jobs says. With `--jobs` results are files in the folder of the work, and `done` comes when they
 * are on the disk; of a queue they are in it.
 */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly result?: unknown }
  | { readonly type: 'error'; readonly error: PlainError };
