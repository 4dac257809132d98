/**
 * Of this package's own tests; `conformance` has its own, by the engine's float width.
 * Relative to max(1, |expected|), like `isClose` in `near.ts`.
 */
export const tolerances = {
  /** Two float64 programs that do the same in another order; golden files of PyTorch in float64. */
  float64: 1e-12,
  /** Golden files of PyTorch in float32: 6e-8 for each of a few dozen roundings. */
  float32: 2e-6,
  /** Gradients of the reference: central differences, limited by ε^⅔. */
  centralDifferences: 1e-8,
  /** Gradients of a float32 engine through a whole network, relative to the norm of each parameter's gradient. */
  networkGradients: 1e-4,
} as const;
