import { checkOptions } from '../options/check-options.ts';
import { atLeastZero, count, countOrZero, flag, oneOf, text } from '../options/expectations.ts';

/** When to stop for lack of progress. */
export interface EarlyStoppingOptions {
  /** Checks in a row without improvement after which the run stops, ≥ 1. A check is a validation (or an epoch for `trainLoss`). */
  readonly patience: number;
  /** Metric; default as `TrainOptions.monitor`. */
  readonly monitor?: string | undefined;
  /** Default `min`. */
  readonly mode?: 'min' | 'max' | undefined;
  /** How much better than the best before a check must be to count as progress, ≥ 0; default 0. */
  readonly minDelta?: number | undefined;
  /** Completed updates before which a check does not count; default 0. */
  readonly startFrom?: number | undefined;
  /** Leaves the best weights in the model; default true. */
  readonly restoreBestWeights?: boolean | undefined;
}

/** What early stopping remembers, as JSON. */
export interface EarlyStoppingState {
  /** The metric that the next check must beat by more than `minDelta`; null before the first check. */
  readonly reference: number | null;
  /** Checks in a row without progress. */
  readonly checksWithoutImprovement: number;
}

/** Before any check. */
export const noChecks: EarlyStoppingState = { reference: null, checksWithoutImprovement: 0 };

/** @throws TrainerError `trainer/unknown-option`, `trainer/bad-option` */
export function checkEarlyStopping(options: EarlyStoppingOptions): void {
  checkOptions(
    'earlyStopping',
    options,
    {
      patience: count,
      monitor: text,
      mode: oneOf('min', 'max'),
      minDelta: atLeastZero,
      startFrom: countOrZero,
      restoreBestWeights: flag,
    },
    ['patience'],
  );
}

/** Whether `value` is better than `than` by more than `minDelta`. A value that is not finite never is. */
export function isBetter(value: number, than: number | null, mode: 'min' | 'max', minDelta = 0): boolean {
  if (!Number.isFinite(value)) return false;
  if (than === null) return true;
  return mode === 'min' ? value < than - minDelta : value > than + minDelta;
}

/**
 * The state after one more check. Pure: 1.0, 0.8, 0.9, 0.9, 0.9 with patience 3 has its third bad check at the fifth.
 *
 * Differs: a check before `startFrom` leaves no trace (as Keras' `start_from_epoch`), also not as the value to beat.
 */
export function afterCheck(
  state: EarlyStoppingState,
  value: number,
  update: number,
  options: EarlyStoppingOptions,
): EarlyStoppingState {
  if (update < (options.startFrom ?? 0)) return state;
  if (isBetter(value, state.reference, options.mode ?? 'min', options.minDelta)) {
    return { reference: value, checksWithoutImprovement: 0 };
  }
  return { ...state, checksWithoutImprovement: state.checksWithoutImprovement + 1 };
}

/** Whether the run should stop now. */
export function shouldStop(
  state: EarlyStoppingState,
  update: number,
  minUpdates: number,
  options: EarlyStoppingOptions,
): boolean {
  return state.checksWithoutImprovement >= options.patience && update >= minUpdates;
}
