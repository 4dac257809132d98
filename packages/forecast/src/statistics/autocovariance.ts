/**
 * Autocovariances of lags 0 … lags about the mean, each Σ (xₜ − x̄)(xₜ₋ₖ − x̄) ÷ number of known values. NaN values are
 * skipped where they stand, so that lags keep their length in time (Parzen 1963).
 */
export function autocovariances(values: ArrayLike<number>, lags: number): Float64Array {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t]!)) continue;
    sum += values[t]!;
    count += 1;
  }
  const mean = sum / count;
  return Float64Array.from({ length: lags + 1 }, (_, lag) => {
    let product = 0;
    for (let t = lag; t < values.length; t++) {
      const pair = (values[t]! - mean) * (values[t - lag]! - mean);
      if (!Number.isNaN(pair)) product += pair;
    }
    return product / count;
  });
}
