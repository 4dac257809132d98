/** How close is equal, and why. */
export const tolerances = {
  /** Shift, scale and scaled values of a window beside torch in float64: float32 on the stock engine, values up to about 30. */
  statistics: 1e-5,
} as const;
