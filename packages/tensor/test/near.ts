import { expect } from 'vitest';

/** Expects every number within `tolerance` · max(1, |expected|), and says the worst of them. */
export function expectNear(received: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(received.length).toBe(expected.length);
  const differences = Array.from(expected, (e, i) => Math.abs(received[i]! - e) / Math.max(1, Math.abs(e)));
  const worst = differences.reduce((at, difference, i) => (difference > differences[at]! ? i : at), 0);
  const found = `element ${worst}: expected ${expected[worst]}, found ${received[worst]}`;
  expect(Math.max(0, ...differences), found).toBeLessThanOrEqual(tolerance);
}
