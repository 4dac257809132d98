import { badArgument, checkKeys, checkLength } from '../check-arguments.ts';
import { type CalibrationState, checkCalibrationState } from './calibration-state.ts';
import { radiusOfSteps, type TooFewOptions } from './conformal-radius.ts';
import { type CalibrationTruth, countWindows, stepScores } from './step-scores.ts';

/** Point forecasts and what happened, from windows that the model has not been trained on. */
export interface SplitConformalInput extends CalibrationTruth {
  /** `[windows, horizon]` */
  readonly forecast: ArrayLike<number>;
  /** `[windows]`, > 0: what a window's errors are divided by, such as the spread of its input; default: not divided */
  readonly scales?: ArrayLike<number> | undefined;
}

/** A fitted split conformal calibration: the absolute errors of each step, ascending. JSON. */
export interface SplitConformal extends CalibrationState<'split-conformal'> {
  /** whether errors were divided by scales */
  readonly isScaled: boolean;
}

/** Intervals for each value of the forecasts. */
export interface ConformalInterval {
  /** `[windows, horizon]`, in the data's unit */
  readonly lower: Float64Array;
  /** `[windows, horizon]` */
  readonly upper: Float64Array;
  /** values whose interval has no end on a side */
  readonly infinite: number;
}

/**
 * Split conformal prediction for each step of the horizon: scores |y − f| (÷ scale). For exchangeable windows an interval
 * of any level, of one more window, covers at least that often at each step; a step by itself, not all steps together.
 * Windows that overlap are worth fewer, which `stride` allows for. Drifting series are not exchangeable: measure coverage, give `scales`, or use `rollingConformal`.
 * (Day-ahead seasonal naive forecasts of Nord Pool's prices, calibrated on the tenth before the last fifth, level 0.8:
 * covered 0.66; with the last week's mean |yₜ − yₜ₋₂₄| as scale 0.79; rolled with γ = 0.02 0.79.)
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Papadopoulos et al. 2002; Lei et al. 2018, algorithm 2 and section 5.2 (scaled).
 */
export function fitSplitConformal(input: SplitConformalInput): SplitConformal {
  const owner = 'fitSplitConformal';
  checkKeys(owner, input, ['actual', 'forecast', 'horizon', 'mask', 'scales', 'stride']);
  const { forecast, horizon, scales, stride } = input;
  checkScales(owner, countWindows(owner, input, { forecast }), scales);
  const scores = stepScores(owner, input, (y, i) => Math.abs(y - forecast[i]!) / scaleOf(scales, i, horizon));
  return {
    method: 'split-conformal',
    version: 1,
    horizon,
    isScaled: scales !== undefined,
    scores,
    ...(stride && { stride }),
  };
}

/** Options of `splitConformalInterval`. */
export interface SplitConformalOptions extends TooFewOptions {
  /** the share to cover, between 0 and 1: 0.9 */
  readonly level: number;
  /** `[windows]`, if and only if the calibration had them */
  readonly scales?: ArrayLike<number> | undefined;
}

/**
 * point ± the ⌈(n + 1) level⌉-th smallest score of the step (× scale).
 *
 * @param point forecasts, `[windows, horizon]`
 * @throws ForecastError `forecast/option` when a step has too few scores for the level (see `tooFew`)
 */
export function splitConformalInterval(
  state: SplitConformal,
  point: ArrayLike<number>,
  options: SplitConformalOptions,
): ConformalInterval {
  const owner = 'splitConformalInterval';
  checkKeys(owner, options, ['level', 'scales', 'tooFew']);
  const { level, scales } = options;
  const { horizon, isScaled } = state;
  const windows = countWindows(owner, { actual: point, horizon }, {});
  if (isScaled !== (scales !== undefined)) {
    throw badArgument(
      `${owner}: scales: the calibration was made ${isScaled ? 'with' : 'without'} them; ${isScaled ? 'give one for each window' : 'leave them out'}.`,
      { option: 'scales' },
    );
  }
  checkScales(owner, windows, scales);
  const radius = radiusOfSteps(owner, state, level, options);
  return aroundPoint(point, (i) => radius[i % horizon]! * scaleOf(scales, i, horizon));
}

/**
 * Checks a calibration that was read from a file.
 *
 * @throws ForecastError `forecast/model-file` unless it is what `fitSplitConformal` returned
 */
export function splitConformalFromJson(value: unknown): SplitConformal {
  const state = checkCalibrationState<SplitConformal>(value, 'split-conformal');
  return { ...state, isScaled: Boolean(state.isScaled) };
}

/** The interval point ± radius at each place. */
export function aroundPoint(point: ArrayLike<number>, radiusAt: (index: number) => number): ConformalInterval {
  const lower = new Float64Array(point.length);
  const upper = new Float64Array(point.length);
  let infinite = 0;
  for (let i = 0; i < point.length; i++) {
    const radius = radiusAt(i);
    if (radius === Infinity) infinite += 1;
    lower[i] = point[i]! - radius;
    upper[i] = point[i]! + radius;
  }
  return { lower, upper, infinite };
}

const scaleOf = (scales: ArrayLike<number> | undefined, index: number, horizon: number): number =>
  scales ? scales[Math.floor(index / horizon)]! : 1;

function checkScales(owner: string, windows: number, scales: ArrayLike<number> | undefined): void {
  if (scales === undefined) return;
  checkLength(owner, 'scales', scales, windows, 'one for each window');
  for (let i = 0; i < windows; i++) {
    if (scales[i]! > 0 && scales[i]! < Infinity) continue;
    throw badArgument(`${owner}: scales: expected numbers > 0, got ${scales[i]} for window ${i}.`, { window: i });
  }
}
