import type { ConformanceKind } from './conformance-case.ts';

/**
 * - `passed`: as it should be
 * - `failed`: not, and nobody said so before
 * - `known-defect`: not, as declared
 * - `unexpected-pass`: declared as a defect, but passes: take it off the list
 * - `lacking`: the engine does not have what the case needs
 */
export type ConformanceOutcome = 'passed' | 'failed' | 'known-defect' | 'unexpected-pass' | 'lacking';

/** What became of one case. */
export interface ConformanceResult {
  /** The case's name. */
  readonly case: string;
  readonly kind: ConformanceKind;
  readonly outcome: ConformanceOutcome;
  /** What was expected and what was found; absent when passed. */
  readonly message?: string;
  /** Members that the case needs and the engine lacks; absent unless lacking. */
  readonly missing?: readonly string[];
}

/** Results as data: plain JSON, so that a page can send it. */
export interface ConformanceReport {
  /** Name of the engine. */
  readonly engine: string;
  /** One for each case, in order. */
  readonly results: readonly ConformanceResult[];
  /** Those that should stop a build: `failed`, `unexpected-pass`, and `lacking` unless `partial` was given. */
  readonly failures: readonly ConformanceResult[];
  /** Members of `NetworkOps` that the engine lacks. */
  readonly missing: readonly string[];
  /** All of it as text. */
  readonly summary: string;
}

/** Draws the report up. `members` are all names of `NetworkOps`, `own` those that the engine has. */
export function conformanceReport(
  engine: string,
  results: readonly ConformanceResult[],
  members: readonly string[],
  own: readonly string[],
  partial: boolean,
): ConformanceReport {
  const harmless = new Set<ConformanceOutcome>(
    partial ? ['passed', 'known-defect', 'lacking'] : ['passed', 'known-defect'],
  );
  const failures = results.filter((result) => !harmless.has(result.outcome));
  const missing = members.filter((name) => !own.includes(name));
  return { engine, results, failures, missing, summary: summarize(engine, results, failures, missing) };
}

function summarize(
  engine: string,
  results: readonly ConformanceResult[],
  failures: readonly ConformanceResult[],
  missing: readonly string[],
): string {
  const count = (outcome: ConformanceOutcome): number => results.filter((result) => result.outcome === outcome).length;
  const lines = [
    `${engine}: ${count('passed')} of ${results.length} cases passed, ${count('failed')} failed, ` +
      `${count('known-defect')} known defects, ${count('unexpected-pass')} unexpected passes, ${count('lacking')} lacking.`,
  ];
  if (missing.length > 0) lines.push(`Missing members (${missing.length}): ${missing.join(', ')}.`);
  for (const result of failures) lines.push(`${result.outcome}: ${result.case}: ${result.message}`);
  return lines.join('\n');
}
