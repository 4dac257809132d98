import type { BackendDescription, BackendMemory } from '../backend.ts';
import type { NetworkOps } from '../network-ops.ts';
import type { Tensor } from '../tensor.ts';
import type { ConformanceInput } from './conformance-case.ts';
import type { ConformanceTolerances } from './conformance-tolerances.ts';

/** What is tested. Every `Backend` is one; a half-written engine may leave members out. */
export interface EngineUnderTest<T extends Tensor> {
  readonly name: string;
  readonly ops: Partial<NetworkOps<T>>;
  /** Without it the memory cases are `lacking` and leaks go unseen (as they do without `ops.tidy`). */
  memory?(): BackendMemory;
  /** Chooses the default tolerances; 32 bits without it. */
  describe?(): Promise<Pick<BackendDescription, 'floatWidth'>>;
}

/** The two engines of one run, and how far apart they may be. */
export interface EngineSession<T extends Tensor, R extends Tensor> {
  /** Complete only as far as the members of the running case. */
  readonly ops: NetworkOps<T>;
  readonly tensors: () => number;
  readonly reference: NetworkOps<R>;
  readonly tolerances: ConformanceTolerances;
}

/** Copies a case's inputs to an engine. */
export function createInputs<T extends Tensor>(ops: NetworkOps<T>, inputs: readonly ConformanceInput[]): T[] {
  return inputs.map(({ values, shape, dtype }) => ops.tensor(values, shape, dtype));
}

/** Runs `f` in a `tidy` where the engine has one: a half-written engine may yet lack it. */
export function tidyIfPossible<T extends Tensor, Result>(ops: Partial<NetworkOps<T>>, f: () => Result): Result {
  return ops.tidy ? ops.tidy(f) : f();
}

/**
 * The same operations, noting the variables they make: those of a case that failed half-way would otherwise keep their
 * names and make later cases fail.
 */
export function notingVariables<T extends Tensor>(ops: NetworkOps<T>, made: T[]): NetworkOps<T> {
  const variable: NetworkOps<T>['variable'] = (initial, options) => {
    const result = ops.variable(initial, options);
    made.push(result);
    return result;
  };
  return new Proxy(ops, {
    get: (target, name) => (name === 'variable' ? variable : Reflect.get(target, name, target)),
  });
}
