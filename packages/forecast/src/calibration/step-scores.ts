import { badArgument, checkInteger, checkLength } from '../check-arguments.ts';

/** The windows that a calibration learns from. */
export interface CalibrationTruth {
  /** `[windows, horizon]`, NaN where unknown */
  readonly actual: ArrayLike<number>;
  /** steps in a window */
  readonly horizon: number;
  /** `[windows, horizon]`: 0 or false = does not count */
  readonly mask?: ArrayLike<number | boolean> | undefined;
  /**
   * time steps from window to window; default: windows are independent. With 1, errors of step k are alike over k windows
   * (what happened in between is in all of them), so they count for windows ÷ k
   */
  readonly stride?: number | undefined;
}

/** The number of windows. @throws ForecastError `forecast/option` unless all arrays are `[windows, horizon]` */
export function countWindows(
  owner: string,
  { actual, horizon, mask = actual, stride = 1 }: CalibrationTruth,
  beside: Readonly<Record<string, ArrayLike<number>>>,
): number {
  checkInteger('horizon', horizon, 1);
  checkInteger('stride', stride, 1);
  for (const [name, array] of Object.entries({ ...beside, mask })) {
    checkLength(owner, name, array, actual.length, 'as many as actual values');
  }
  if (actual.length % horizon === 0) return actual.length / horizon;
  throw badArgument(`${owner}: expected windows of ${horizon} steps, got ${actual.length} actual values.`, { horizon });
}

/**
 * The scores of each step, ascending. Unknown and masked values give none.
 *
 * @throws ForecastError `forecast/option` where a known value has no score: its forecast is not a number
 */
export function stepScores(
  owner: string,
  truth: CalibrationTruth,
  scoreOf: (actual: number, index: number) => number,
): number[][] {
  const { actual, horizon, mask } = truth;
  const scores: number[][] = Array.from({ length: horizon }, () => []);
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(actual[i]!) || (mask && !mask[i])) continue;
    const score = scoreOf(actual[i]!, i);
    if (Number.isNaN(score)) {
      const place = { window: Math.floor(i / horizon), step: i % horizon };
      throw badArgument(
        `${owner}: the forecast of window ${place.window}, step ${place.step + 1} is not a number; leave it out with a mask.`,
        place,
      );
    }
    scores[i % horizon]!.push(score);
  }
  for (const list of scores) list.sort((a, b) => a - b);
  return scores;
}
