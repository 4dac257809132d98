import { badArgument, checkLength } from '../check-arguments.ts';
import { type AdaptiveConformalOptions, type AdaptiveConformalState, adaptiveConformal } from './adaptive-conformal.ts';
import type { ConformalInterval } from './split-conformal.ts';
import { countWindows } from './step-scores.ts';

/** The forecasts of one series from origin to origin, and what happened. */
export interface RollingConformalInput {
  /** `[windows, horizon]`, NaN where unknown */
  readonly actual: ArrayLike<number>;
  /** `[windows, horizon]` */
  readonly forecast: ArrayLike<number>;
  /** `[windows]`, ascending: the position in the series of each window's first step */
  readonly origins: ArrayLike<number>;
}

/** Intervals for all windows, and what was learnt on the way. */
export interface RollingConformal extends ConformalInterval {
  /** after the values that were known at the last origin: `adaptiveConformal(state)` goes on from here */
  readonly state: AdaptiveConformalState;
}

/**
 * Adaptive conformal intervals rolled over a backtest: at each origin only values before that origin have been learnt
 * from. Window w, step h is known at the first origin after the position origins[w] + h.
 *
 * The first origins know nothing and have intervals without ends, unless `options.scores` gives them a start.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function rollingConformal(input: RollingConformalInput, options: AdaptiveConformalOptions): RollingConformal {
  const owner = 'rollingConformal';
  const { actual, forecast, origins } = input;
  const { horizon } = options;
  const conformal = adaptiveConformal(options);
  const windows = countWindows(owner, { actual, horizon }, { forecast });
  checkLength(owner, 'origins', origins, windows, 'one for each window');
  const lower = new Float64Array(actual.length);
  const upper = new Float64Array(actual.length);
  const learnt = new Int32Array(horizon);
  let infinite = 0;
  for (let window = 0; window < windows; window++) {
    const origin = origins[window]!;
    if (window > 0 && !(origin > origins[window - 1]!)) {
      throw badArgument(`${owner}: origins: expected them ascending, got ${origins[window - 1]} before ${origin}.`);
    }
    for (let step = 0; step < horizon; step++) {
      for (; learnt[step]! < window && origins[learnt[step]!]! + step < origin; learnt[step]! += 1) {
        const i = learnt[step]! * horizon + step;
        conformal.observe({ step, actual: actual[i]!, point: forecast[i]!, lower: lower[i]!, upper: upper[i]! });
      }
    }
    const point = Float64Array.from({ length: horizon }, (_, step) => forecast[window * horizon + step]!);
    const interval = conformal.interval(point);
    lower.set(interval.lower, window * horizon);
    upper.set(interval.upper, window * horizon);
    infinite += interval.infinite;
  }
  return { lower, upper, infinite, state: conformal.state() };
}
