/** How close is equal, and why. */
export const tolerances = {
  /** neuralforecast holds its functions of time in float32, ours are float64: trends up to about 1, waves up to 1. */
  basis: 1e-7,
  /** Whole networks against torch: float32, values up to about 10. */
  forward: 1e-5,
  /** Gradients against torch in float64, relative to the largest. */
  gradient: 1e-5,
  /** Relative difference of the loss over 20 float32 updates: rounding grows along the path. */
  trajectory: 1e-4,
} as const;
