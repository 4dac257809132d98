import type { NetworkOps } from '../network-ops.ts';
import type { Tensor, TensorDtype } from '../tensor.ts';
import type { TensorErrorCode } from '../tensor-error.ts';

/** What a case looks at. */
export type ConformanceKind = 'values' | 'gradients' | 'memory' | 'errors' | 'random';

/** A member of `NetworkOps`, or `memory` of the backend. */
export type ConformanceMember = keyof NetworkOps<Tensor> | 'memory';

/** One tensor given to a case; values row-major and exact in float32, so that every engine starts from the same. */
export interface ConformanceInput {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: TensorDtype;
}

interface CaseBase {
  /** Unique: the member, a slash, the fact, e.g. `maxPool1d/negative windows`. */
  readonly name: string;
  /** What the engine must have for the case to run, exactly. */
  readonly members: readonly ConformanceMember[];
  readonly inputs: readonly ConformanceInput[];
}

/** Results are compared with the reference's, element by element, and with `expected` where it is written down. */
export interface ValuesCase extends CaseBase {
  readonly kind: 'values' | 'random';
  /** The results to compare. */
  compute<T extends Tensor>(ops: NetworkOps<T>, ...inputs: T[]): T | readonly T[];
  /** One array for each result: checked on the engine and on the reference, which so does not vouch for itself. */
  readonly expected?: readonly (readonly number[])[];
  /** The tolerance is multiplied by this where float32 rounding is amplified; 0 asks for the same bits. Default 1. */
  readonly slack?: number;
}

/**
 * Gradients of a weighted sum of the result for each of `inputs` (variables), against central differences of the
 * reference along random directions. Inputs lie away from kinks and ties, or `expected` says what happens there.
 */
export interface GradientsCase extends CaseBase {
  readonly kind: 'gradients';
  /** Given to `compute` after the variables; no gradient is asked for. */
  readonly constants: readonly ConformanceInput[];
  /** The result whose gradients are compared; `constants` come after the variables. */
  compute<T extends Tensor>(ops: NetworkOps<T>, ...inputs: T[]): T;
  /** The gradient of the plain sum of the result, one array for each variable: for kinks, ties and unused variables. */
  readonly expected?: readonly (readonly number[])[];
  /** As in `ValuesCase`. */
  readonly slack?: number;
}

/** A number that a memory case saw. */
export interface Observation {
  readonly what: string;
  readonly expected: number;
  readonly received: number;
}

/** Observes living tensors; the runner adds that none is left. */
export interface MemoryCase extends CaseBase {
  readonly kind: 'memory';
  /** Computes, and tells what `tensors()` counted on the way. */
  run<T extends Tensor>(
    ops: NetworkOps<T>,
    tensors: () => number,
    ...inputs: T[]
  ): readonly Observation[] | Promise<readonly Observation[]>;
}

/** Must throw; with `code` a TensorError that has it, else any error. */
export interface ErrorsCase extends CaseBase {
  readonly kind: 'errors';
  readonly code?: TensorErrorCode;
  /** Does what must throw. */
  provoke<T extends Tensor>(ops: NetworkOps<T>, ...inputs: T[]): unknown;
}

/** One thing that every engine must do. */
export type ConformanceCase = ValuesCase | GradientsCase | MemoryCase | ErrorsCase;
