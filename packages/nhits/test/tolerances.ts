/** How close is equal, and why. */
export const tolerances = {
  /** float64 reference against torch float64: sums of up to 512 terms in another order. */
  reference: 1e-12,
  /** A whole network in float64: four products in a row, values up to about 30. */
  referenceForward: 1e-10,
  /** neuralforecast 3.3 adds cubic interpolations into a float32 buffer also when the network is float64. */
  referenceForwardCubic: 1e-6,
  /** float32 engines against torch float64: the bound for the forward pass, values up to about 10. */
  float32Forward: 1e-5,
  /** float32 gradients against torch float64, relative to the largest. */
  float32Gradient: 1e-5,
  /** Relative difference of the loss over 20 float32 updates from the float64 ones: rounding grows along the path. */
  trajectory: 1e-4,
  /** The same for the gradient's norm, which jumps where a ReLU or an absolute value changes side. */
  trajectoryNorm: 1e-2,
} as const;
