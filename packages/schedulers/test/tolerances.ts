/**
 * Relative, against PyTorch in float64. Both sides round in another order: 12 steps of a recursion stay within 1e-14;
 * 10,000 of them wander by up to some 1e-13. The promise of the package is the same for both.
 */
export const parity = 1e-12;

/**
 * Cosine annealing past tMax = 7,000: PyTorch's recursion restarts there from a difference, 1 − cos(π / tMax), in which
 * nine digits cancel, and so leaves PyTorch's own closed form, which is ours, by 1e-11.
 */
export const parityPastTurn = 1e-10;

/** Relative closeness; zero has to be met exactly. */
export function relativeError(found: number, expected: number): number {
  return found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected);
}
