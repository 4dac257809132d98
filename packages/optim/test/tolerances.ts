/** Every tolerance of this package's tests, with its reason. */
export const tolerances = {
  /** float64 against PyTorch's float64: the same formulas, other roundings in a few places. Relative. */
  golden64: 1e-12,
  /** float32 engines against float64 numbers: a dozen roundings of 6e-8, relative to the larger of value and 1. */
  golden32: 1e-6,
  /** K micro-batches against one update on their mean: another order of additions. Relative, float64. */
  accumulation: 1e-12,
  /** PPND7 promises 1e-7; the tail in float32 loses a little more. Absolute, values up to 5.4. */
  normalQuantile: 2e-6,
} as const;
