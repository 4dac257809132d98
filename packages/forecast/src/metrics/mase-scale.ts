/**
 * The denominator of MASE (Hyndman & Koehler 2006): mean |yₜ − yₜ₋ₘ| of the seasonal naive forecast inside the training
 * part. NaN values do not count; NaN when there is no pair.
 *
 * @param training one series up to the first forecast
 * @param seasonLength m, in time steps, ≥ 1
 */
export function maseScale(training: ArrayLike<number>, seasonLength: number): number {
  let total = 0;
  let count = 0;
  for (let t = seasonLength; t < training.length; t++) {
    const step = Math.abs(training[t]! - training[t - seasonLength]!);
    if (Number.isNaN(step)) continue;
    total += step;
    count += 1;
  }
  return total / count;
}
