import { expect } from 'vitest';
import type { SuiteResult } from './run-core-suite.ts';

/** Specs that an engine is known to fail: the reason, and their names without the engine's. */
export type KnownFailures = Readonly<Record<string, readonly string[]>>;

/** Specs that fail now and then on every engine: they draw from a generator without a seed and look at moments. */
const chancy: readonly string[] = ['randomGamma', 'multinomial'];

/**
 * Exactly the known specs fail: one that is not listed and fails is an error, and so is a listed one that passes.
 *
 * @param least fewer passed specs mean that a bundler has left some out
 */
export function expectCoreSuite(result: SuiteResult, tfjsName: string, known: KnownFailures, least: number): void {
  const expected = new Set(Object.values(known).flat());
  const isChancy = (name: string): boolean => chancy.some((group) => name.startsWith(`${group} `));
  const failed = new Set(result.failures.map(({ name }) => name));
  const unexpected = result.failures.filter(({ name }) => !expected.has(name) && !isChancy(name));
  const passing = result.passed.filter((name) => expected.has(name) && !failed.has(name));
  expect({ unexpected, passing }).toEqual({ unexpected: [], passing: [] });
  expect(result.passed.length).toBeGreaterThan(least);
  expect(result.backends).toContain(tfjsName);
}
