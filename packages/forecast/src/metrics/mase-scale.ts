/**
 * The denominator of MASE (Hyndman & Koehler 2006): mean |yₜ − yₜ₋ₘ| of the seasonal naive forecast inside the training
 * part, in the data's unit. NaN values do not count; NaN when there is no pair.
 *
 * @param training one series up to the first forecast
 * @param seasonLength m, in time steps, ≥ 1
 */
export function maseScale(training: ArrayLike<number>, seasonLength: number): number {
  return meanSeasonalStep(training, seasonLength, Math.abs);
}

/**
 * The denominator of RMSSE under its root (M5): mean (yₜ − yₜ₋ₘ)² of the seasonal naive forecast inside the training
 * part, in the data's unit squared. NaN values do not count; NaN when there is no pair.
 *
 * Differs: M5 starts at a series' first sale; cut the leading zeros away to have the same.
 */
export function rmsseScale(training: ArrayLike<number>, seasonLength: number): number {
  return meanSeasonalStep(training, seasonLength, (step) => step * step);
}

function meanSeasonalStep(values: ArrayLike<number>, season: number, sizeOf: (step: number) => number): number {
  let total = 0;
  let count = 0;
  for (let t = season; t < values.length; t++) {
    const step = values[t]! - values[t - season]!;
    if (Number.isNaN(step)) continue;
    total += sizeOf(step);
    count += 1;
  }
  return total / count;
}
