import type { SeriesSet, StepRanges, TimeSplit } from '@nt/data';
import { badOption } from './check-options.ts';

/** The ranges of a fit. */
export interface FitParts {
  readonly train: StepRanges;
  readonly validation: StepRanges;
  /** Everything that the finished model has seen. */
  readonly seen: StepRanges;
  /** Whether inputs must lie in their part as well. */
  readonly strict: boolean;
  /** Whether all of it is learned from in the end. */
  readonly refit: boolean;
}

/** Share of the training part that chooses, where there is no validation part. */
const heldBack = 0.2;

/**
 * Where there is no validation part the last fifth of the training part chooses, and the model is solved once more with
 * all of it.
 */
export function fitParts(set: SeriesSet, split: TimeSplit, horizon: number, refit: boolean): FitParts {
  const { train, validation, strict } = split;
  if (train.ends.length !== set.ids.length) {
    throw badOption('split', `a split of this set (${set.ids.length} series)`, `${train.ends.length} series`);
  }
  const hasValidation = validation.ends.some((end, series) => end - validation.starts[series]! >= horizon);
  if (hasValidation)
    return { train, validation, seen: { starts: train.starts, ends: laterEnds(split) }, strict, refit };
  const ends = train.ends.map((end, series) => Math.min(end, set.lengths[series]!));
  const middle = ends.map((end, series) => {
    const length = end - train.starts[series]!;
    return end - Math.min(Math.max(horizon, Math.floor(length * heldBack)), Math.max(0, length));
  });
  return {
    train: { starts: train.starts, ends: middle },
    validation: { starts: middle, ends },
    seen: { starts: train.starts, ends },
    strict,
    refit: true,
  };
}

function laterEnds({ train, validation }: TimeSplit): Float64Array {
  return train.ends.map((end, series) =>
    validation.ends[series]! > validation.starts[series]! ? Math.max(end, validation.ends[series]!) : end,
  );
}
