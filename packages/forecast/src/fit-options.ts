import type { SplitSize } from '@nt/data';
import type { CheckpointStorage, Logger, TrainEvent } from '@nt/trainer';
import { checkKeys } from './forecaster-options.ts';
import { type TrainingOptions, trainingKeys } from './training/training-options.ts';

/** How a forecaster is fitted to a data set. */
export interface FitOptions extends TrainingOptions {
  /** Part of each series, after the training part, that decides when to stop; default 0.1. */
  readonly validation?: SplitSize;
  /** Part at the end of each series that is kept back for `evaluate`; default 0. */
  readonly test?: SplitSize;
  /** Where checkpoints go; default nowhere. */
  readonly checkpoints?: CheckpointStorage;
  /** Updates between checkpoints; default: one after each epoch. */
  readonly checkpointEvery?: number;
  /** Goes on from the newest checkpoint, to the bits that an uninterrupted run would have. */
  readonly resume?: boolean;
  /** Finishes the update, writes a checkpoint and returns with reason `aborted`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent) => void;
  /** Updates between two readings of the training loss; default 50, and the end of each epoch. */
  readonly logEvery?: number;
  readonly loggers?: readonly Logger[];
}

const keys = [
  'validation',
  'test',
  'checkpoints',
  'checkpointEvery',
  'resume',
  'signal',
  'onEvent',
  'logEvery',
  'loggers',
] as const satisfies readonly (keyof FitOptions)[];

/** Splits fit options into those of training and the rest. @throws ForecastError `forecast/unknown-option` */
export function splitFitOptions(options: FitOptions): {
  training: TrainingOptions;
  rest: Omit<FitOptions, keyof TrainingOptions>;
} {
  checkKeys('fit', options, [...keys, ...trainingKeys]);
  const isTraining = (key: string): boolean => (trainingKeys as readonly string[]).includes(key);
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    training: Object.fromEntries(entries.filter(([key]) => isTraining(key))),
    rest: Object.fromEntries(entries.filter(([key]) => !isTraining(key))),
  };
}
