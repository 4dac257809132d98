import { readFileSync } from 'node:fs';

export interface GoldenCase {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Parameters after each update. */
  readonly params: readonly (readonly number[][])[];
  /** Weights to evaluate with after each update, where the file has them. */
  readonly evaluation?: readonly (readonly number[][])[];
  /** PyTorch's state of each parameter after the last update. */
  readonly finalState?: readonly Readonly<Record<string, number | number[]>>[];
}

export interface GoldenFile<Case = GoldenCase> {
  readonly family: string;
  readonly shapes: readonly number[][];
  readonly params0: readonly number[][];
  readonly grads: readonly (readonly number[][])[];
  readonly cases: readonly Case[];
}

export function readGolden<Case = GoldenCase>(name: string): GoldenFile<Case> {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as GoldenFile<Case>;
}

/** Largest |a − b| / max(|b|, floor). */
export function worstDifference(received: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-9): number {
  if (received.length !== expected.length) throw new Error(`lengths differ: ${received.length} and ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(received[i]! - expected[i]!) / Math.max(Math.abs(expected[i]!), floor);
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
  }
  return worst;
}
