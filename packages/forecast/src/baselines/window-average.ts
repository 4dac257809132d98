import { checkInteger } from '../check-arguments.ts';
import { type BaselineForecast, lastKnown, nothingKnown } from './baseline-forecast.ts';

/** The mean of all known values, at every step. All NaN, and said, when nothing is known. */
export function historyMean(history: ArrayLike<number>, horizon: number): BaselineForecast {
  return averageFrom(history, horizon, 0);
}

/**
 * The mean of the known values among the last `window` time steps, at every step; missing values do not count. A history
 * shorter than the window is averaged whole, and a window without a known value gives the last one before it; both are said.
 *
 * Differs: statsforecast's WindowAverage gives NaN in both cases.
 *
 * @param window in time steps, ≥ 1
 */
export function windowAverage(history: ArrayLike<number>, horizon: number, window: number): BaselineForecast {
  checkInteger('window', window, 1);
  const from = history.length - window;
  const forecast = averageFrom(history, horizon, Math.max(0, from));
  if (forecast.fallback || from >= 0) return forecast;
  return { ...forecast, fallback: `the history has ${history.length} steps, fewer than the window of ${window}` };
}

function averageFrom(history: ArrayLike<number>, horizon: number, from: number): BaselineForecast {
  let sum = 0;
  let count = 0;
  for (let t = from; t < history.length; t++) {
    if (Number.isNaN(history[t]!)) continue;
    sum += history[t]!;
    count += 1;
  }
  const values = new Float64Array(horizon);
  if (count > 0) return { values: values.fill(sum / count) };
  const at = lastKnown(history);
  if (at < 0) return { values: values.fill(Number.NaN), fallback: nothingKnown };
  return { values: values.fill(history[at]!), fallback: 'no known value inside the window: the last one before it' };
}
