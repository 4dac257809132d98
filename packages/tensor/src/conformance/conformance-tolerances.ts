/** |received − expected| ≤ absolute + relative · |expected|. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** How far an engine may be from the reference. */
export interface ConformanceTolerances {
  readonly values: Tolerance;
  /** Of a directional derivative; relative to the sum of the magnitudes of its terms. */
  readonly gradients: Tolerance;
}

/**
 * By width of the engine's float. Inputs are of order 1 and sums at most some hundred terms long, so rounding
 * (6e-8 for 32 bits) leaves a factor of 100; a wrong formula is off by 1e-3 or more. The 64-bit gradients are those
 * of the reference, which are central differences themselves.
 */
export const defaultTolerances: Readonly<Record<16 | 32 | 64, ConformanceTolerances>> = {
  64: { values: { relative: 1e-12, absolute: 1e-12 }, gradients: { relative: 1e-7, absolute: 1e-8 } },
  32: { values: { relative: 1e-5, absolute: 1e-6 }, gradients: { relative: 2e-5, absolute: 1e-6 } },
  16: { values: { relative: 1e-2, absolute: 1e-3 }, gradients: { relative: 2e-2, absolute: 2e-3 } },
};
