import { checkFraction, checkKeys, checkLength } from '../check-arguments.ts';
import { type CalibrationState, checkCalibrationState } from './calibration-state.ts';
import { radiusOfSteps, type TooFewOptions } from './conformal-radius.ts';
import type { ConformalInterval } from './split-conformal.ts';
import { type CalibrationTruth, countWindows, stepScores } from './step-scores.ts';

/** Forecast intervals and what happened, from windows that the model has not been trained on. */
export interface ConformalQuantilesInput extends CalibrationTruth {
  /** the model's lower quantile, `[windows, horizon]`: of level (1 − level)/2 */
  readonly lower: ArrayLike<number>;
  /** the model's upper quantile, `[windows, horizon]`: of level (1 + level)/2 */
  readonly upper: ArrayLike<number>;
  /** the share to cover, between 0 and 1: 0.9 */
  readonly level: number;
}

/** Fitted conformalised quantiles of one level: for each step how far values lay outside (below 0: inside). JSON. */
export interface ConformalQuantiles extends CalibrationState<'conformal-quantiles'> {
  readonly level: number;
}

/**
 * Conformalised quantile regression for each step of the horizon: scores max(lower − y, y − upper). The model's intervals
 * keep their shape and are widened, or narrowed, until they cover. What it promises is what `fitSplitConformal` does.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Romano, Patterson & Candès 2019, algorithm 1.
 */
export function fitConformalQuantiles(input: ConformalQuantilesInput): ConformalQuantiles {
  const owner = 'fitConformalQuantiles';
  checkKeys(owner, input, ['actual', 'lower', 'upper', 'level', 'horizon', 'mask', 'stride']);
  const { lower, upper, level, horizon, stride } = input;
  checkFraction(owner, 'level', level);
  countWindows(owner, input, { lower, upper });
  const scores = stepScores(owner, input, (y, i) => Math.max(lower[i]! - y, y - upper[i]!));
  return { method: 'conformal-quantiles', version: 1, level, horizon, scores, ...(stride && { stride }) };
}

/**
 * lower − E and upper + E, with E the ⌈(n + 1) level⌉-th smallest score of the step. Where a narrowed interval would turn
 * over, both ends are its middle.
 *
 * @param interval the model's quantiles, `[windows, horizon]` each
 * @throws ForecastError `forecast/option` when a step has too few scores for the level (see `tooFew`)
 */
export function conformalizeQuantiles(
  state: ConformalQuantiles,
  interval: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> },
  options: TooFewOptions = {},
): ConformalInterval {
  const owner = 'conformalizeQuantiles';
  checkKeys(owner, options, ['tooFew']);
  const { level, horizon } = state;
  countWindows(owner, { actual: interval.lower, horizon }, {});
  checkLength(owner, 'upper', interval.upper, interval.lower.length, 'as many as lower');
  const radius = radiusOfSteps(owner, state, level, options);
  const lower = Float64Array.from(interval.lower, (value, i) => value - radius[i % horizon]!);
  const upper = Float64Array.from(interval.upper, (value, i) => value + radius[i % horizon]!);
  let infinite = 0;
  for (let i = 0; i < lower.length; i++) {
    if (radius[i % horizon] === Infinity) infinite += 1;
    if (lower[i]! <= upper[i]!) continue;
    lower[i] = (interval.lower[i]! + interval.upper[i]!) / 2;
    upper[i] = lower[i]!;
  }
  return { lower, upper, infinite };
}

/**
 * Checks a calibration that was read from a file.
 *
 * @throws ForecastError `forecast/model-file` unless it is what `fitConformalQuantiles` returned
 */
export function conformalQuantilesFromJson(value: unknown): ConformalQuantiles {
  return checkCalibrationState<ConformalQuantiles>(value, 'conformal-quantiles', ['level']);
}
