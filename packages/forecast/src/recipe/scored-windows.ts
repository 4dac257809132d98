import { type SeriesSet, type StepRanges, seriesValues, timeAt, type Windows, windows } from '@nt/data';
import type { Predictor } from '../predictor.ts';

/** Windows on which forecasts are compared, with what came, each series in units of its own deviation. */
export interface ScoredWindows {
  readonly windows: Windows;
  /** `[windows]`: one over the deviation of the window's series. */
  readonly factors: Float64Array;
  /** `[windows, horizon]`, scaled, NaN where not observed. */
  readonly actual: Float64Array;
}

/** Windows beyond which more of them tell little. */
const mostWindows = 6000;

/**
 * The windows of a part, thinned evenly to some thousands.
 *
 * @param train its deviations are the units
 * @param step time steps between windows before they are thinned
 */
export function scoredWindows(
  set: SeriesSet,
  part: StepRanges,
  train: StepRanges,
  horizon: number,
  step = 1,
): ScoredWindows {
  const all = windows(set, { inputSize: 1, horizon, ranges: part, stride: step });
  const stride = step * Math.max(1, Math.ceil(all.count / mostWindows));
  const asked = stride === step ? all : windows(set, { inputSize: 1, horizon, ranges: part, stride });
  const deviations = set.ids.map((_, s) =>
    deviationOf(seriesValues(set, s).subarray(train.starts[s]!, train.ends[s]!)),
  );
  const factors = new Float64Array(asked.count);
  const actual = new Float64Array(asked.count * horizon);
  for (let window = 0; window < asked.count; window++) {
    const { series, origin } = asked.locate(window);
    factors[window] = 1 / deviations[series]!;
    const values = seriesValues(set, series);
    for (let step = 0; step < horizon; step++) {
      actual[window * horizon + step] = values[origin + step]! * factors[window]!;
    }
  }
  return { windows: asked, factors, actual };
}

/** Of the population; 1 for a series that stands still. */
function deviationOf(values: ArrayLike<number>): number {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return variance > 0 ? Math.sqrt(variance) : 1;
}

/** A predictor's forecasts of the windows, scaled, `[windows, horizon]`. */
export async function scaledForecasts(predictor: Predictor, scored: ScoredWindows): Promise<Float64Array> {
  const { point } = await predictor.predictWindows(scored.windows);
  const { horizon } = scored.windows;
  return point.map((value, i) => value * scored.factors[Math.floor(i / horizon)]!);
}

/** Mean errors of forecasts, scaled. */
export interface Score {
  readonly mse: number;
  readonly mae: number;
}

/** Infinite where a forecast is missing. */
export function scoreOf({ actual }: ScoredWindows, forecast: Float64Array): Score {
  let [squares, absolute, count] = [0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const error = forecast[i]! - actual[i]!;
    if (Number.isNaN(actual[i]!)) continue;
    if (!Number.isFinite(error)) return { mse: Infinity, mae: Infinity };
    squares += error * error;
    absolute += Math.abs(error);
    count += 1;
  }
  return { mse: squares / count, mae: absolute / count };
}

/** What is minimised: MSE + MAE. */
export const total = ({ mse, mae }: Score): number => mse + mae;

/** How much less forecasts lose than others at each moment at which forecasts begin, in the order of time. */
export interface Gain {
  /** Milliseconds since the epoch, or rows. */
  readonly time: number;
  readonly series: number;
  /** Loss (squared + absolute error, mean over the window) of the others less that of the first. */
  readonly gain: number;
}

/** One for each window with an observed target. */
export function gainsOf({ windows: asked, actual }: ScoredWindows, first: Float64Array, others: Float64Array): Gain[] {
  const { horizon, set, count } = asked;
  const gains: Gain[] = [];
  for (let window = 0; window < count; window++) {
    let [sum, known] = [0, 0];
    for (let i = window * horizon; i < (window + 1) * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      const [mine, theirs] = [Math.abs(first[i]! - actual[i]!), Math.abs(others[i]! - actual[i]!)];
      sum += theirs + theirs * theirs - mine - mine * mine;
      known += 1;
    }
    const { series, origin } = asked.locate(window);
    if (known > 0) gains.push({ time: timeAt(set, series, origin), series, gain: sum / known });
  }
  return gains;
}
