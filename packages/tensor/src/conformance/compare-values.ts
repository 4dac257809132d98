import type { Tolerance } from './conformance-tolerances.ts';

/** What was read from a tensor. */
export interface Reading {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Undefined when `received` is `expected` within `tolerance` (NaN and infinities exactly), else a sentence. */
export function compareValues(
  what: string,
  received: Reading,
  expected: Reading,
  tolerance: Tolerance,
): string | undefined {
  if (received.shape.join() !== expected.shape.join()) {
    return `${what}: expected shape [${expected.shape}], found [${received.shape}]`;
  }
  if (received.values.length !== expected.values.length) {
    return `${what}: expected ${expected.values.length} values, found ${received.values.length}`;
  }
  const wrong = Array.from(expected.values, (_, i) => i).filter(
    (i) => !isClose(received.values[i]!, expected.values[i]!, tolerance),
  );
  const first = wrong[0];
  if (first === undefined) return undefined;
  return (
    `${what}: element ${first} of [${expected.shape}]: expected ${expected.values[first]}, ` +
    `found ${received.values[first]}; ${wrong.length} of ${expected.values.length} elements differ`
  );
}

function isClose(received: number, expected: number, { relative, absolute }: Tolerance): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(received);
  if (!Number.isFinite(expected)) return received === expected;
  return Math.abs(received - expected) <= absolute + relative * Math.abs(expected);
}
