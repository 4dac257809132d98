import { seriesValues, type Windows } from '@nt/data';

/** What came in each window, `[windows, horizon]`: NaN where it was not observed or is no target. */
export function actualOf(windows: Windows): Float64Array {
  const { count, horizon, set, targetEnds } = windows;
  const actual = new Float64Array(count * horizon).fill(Number.NaN);
  for (let window = 0; window < count; window++) {
    const { series, origin } = windows.locate(window);
    const end = Math.min(origin + horizon, targetEnds?.[series] ?? Infinity);
    actual.set(seriesValues(set, series).subarray(origin, end), window * horizon);
  }
  return actual;
}
