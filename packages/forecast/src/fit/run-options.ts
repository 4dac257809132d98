import type { CheckpointStorage, Logger, TrainEvent } from '@nt/trainer';
import { checkInteger, checkSignal, checkUsable } from '../check-arguments.ts';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { checkKeys } from '../options/check-keys.ts';
import type { Teacher } from './teacher.ts';

/** What belongs to one run and not to what is trained: where it writes, who hears of it, how it is stopped. */
export interface RunOptions {
  /**
   * Starts from the weights of a fitted forecaster with the same network, or of whatever else gives some, to adapt it to newer data (fine-tuning, warm
   * start). The optimizer begins anew, and series are scaled by the plan's training part. What it was trained on counts as seen. Default: fresh weights.
   */
  readonly from?: (Pick<FittedForecaster, 'saveWeights'> & Partial<Pick<FittedForecaster, 'trainedOn'>>) | undefined;
  /**
   * Distillation: part of the loss is on what this one forecasts for the training windows, so that a small network comes
   * near a blend. Early stopping goes by what came about. Default: nobody.
   */
  readonly teacher?: Teacher | undefined;
  /** Where checkpoints go; default nowhere. */
  readonly checkpoints?: CheckpointStorage | undefined;
  /** Updates between checkpoints; default: as the trainer's. */
  readonly checkpointEvery?: number | undefined;
  /** Goes on from the newest checkpoint, to the bits that an uninterrupted run would have. */
  readonly resume?: boolean | undefined;
  /** Finishes the update, writes a checkpoint and returns with reason `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what the trainer tells: updates, validation, checkpoints, the end. */
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
  /** Updates between two readings of the training loss; default 50, and the end of each epoch. */
  readonly logEvery?: number | undefined;
  readonly loggers?: readonly Logger[] | undefined;
}

const keys = [
  'from',
  'teacher',
  'checkpoints',
  'checkpointEvery',
  'resume',
  'signal',
  'onEvent',
  'logEvery',
  'loggers',
];

/** @throws ForecastError `forecast/unknown-option`, `forecast/option`; what is not checked here the trainer checks */
export function checkRunOptions(options: RunOptions): void {
  checkKeys('fit', options, keys);
  const { from, signal, onEvent, checkpointEvery } = options;
  if (from !== null) checkUsable('from', from, 'a fitted forecaster, or what has saveWeights', ['saveWeights']);
  if (signal !== null) checkSignal(signal);
  if (onEvent !== null) checkUsable('onEvent', onEvent, 'a function', []);
  if (checkpointEvery) checkInteger('checkpointEvery', checkpointEvery, 1);
}
