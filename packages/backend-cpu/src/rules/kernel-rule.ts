import type { StepOperation } from '../kernels/rule-call.ts';

/** An expression of `@nt/tensor`'s rule language, or of the few operations more that the kernels have. */
export type KernelExpression = number | string | readonly [StepOperation, ...KernelExpression[]];

/** An elementwise rule as the compiler takes it: every `ElementwiseRule` is one. */
export interface KernelRule {
  readonly inputs: readonly string[];
  readonly scalars: readonly string[];
  readonly definitions: readonly (readonly [name: string, expression: KernelExpression])[];
  readonly outputs: readonly (readonly [name: string, expression: KernelExpression])[];
}

/** A rule ready to run: `uniform` gives the program's constants once the scalars are known. */
export interface CompiledRule<Program> {
  readonly program: Program;
  uniform(scalars: Readonly<Record<string, number>>): number[];
}
