/** How close an engine is in float32, relative to the largest value. */
export const tolerances = {
  /** A whole network beside float64, values up to about 10. */
  forecast: 1e-5,
  /** Gradients of the sum of its squared outputs. */
  gradients: 1e-5,
  /** Losses of 10 updates from a ridge. */
  losses: 1e-5,
} as const;
