import { seriesValues, type Windows } from '@nt/data';

/**
 * How much a series moved before each window: mean |yₜ − yₜ₋ₘ| over the last time steps before its origin, m being the
 * season. Errors grow with it, in wild times and between series of other sizes, so intervals are measured in it.
 *
 * @param seasonLength time steps, ≥ 1
 * @returns `[windows]`, > 0; where nothing moved, the least of the others (1 when nothing moved anywhere)
 */
export function windowScales(windows: Windows, seasonLength: number): Float64Array {
  const { set, horizon, count } = windows;
  const length = Math.max(7 * seasonLength, 8 * horizon);
  const scales = Float64Array.from({ length: count }, (_, window) => {
    const { series, origin } = windows.locate(window);
    const values = seriesValues(set, series);
    let [sum, known] = [0, 0];
    for (let t = Math.max(seasonLength, origin - length); t < origin; t++) {
      const move = Math.abs(values[t]! - values[t - seasonLength]!);
      if (Number.isNaN(move)) continue;
      sum += move;
      known += 1;
    }
    return sum / known;
  });
  const least = scales.filter((scale) => scale > 0).reduce((a, b) => Math.min(a, b), Infinity);
  return scales.map((scale) => (scale > 0 ? scale : Number.isFinite(least) ? least : 1));
}
