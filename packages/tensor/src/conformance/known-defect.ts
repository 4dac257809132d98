import { TensorError } from '../tensor-error.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** A case that an engine is known to fail. */
export interface KnownDefect {
  /** The case's exact name. */
  readonly case: string;
  /** Why, in one sentence: the cause and who has it. */
  readonly reason: string;
}

/** @throws TensorError `tensor/option` when a defect names none of `cases`, or one twice */
export function knownReasons(
  defects: readonly KnownDefect[],
  cases: readonly ConformanceCase[],
): ReadonlyMap<string, string> {
  const names = new Set(cases.map((testCase) => testCase.name));
  const reasons = new Map<string, string>();
  for (const { case: name, reason } of defects) {
    if (!names.has(name)) {
      throw new TensorError('tensor/option', `knownDefects: there is no conformance case '${name}'.`, { name });
    }
    if (reasons.has(name)) {
      throw new TensorError('tensor/option', `knownDefects: the case '${name}' is declared twice.`, { name });
    }
    reasons.set(name, reason);
  }
  return reasons;
}
