/** Instructions of an elementwise program; the index is the number that the C source uses (`STEP_…` in rule.h). */
export const stepOperations = [
  'copy',
  '+',
  '-',
  '*',
  '/',
  'min',
  'max',
  'pow',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'sqrt',
  'rsqrt',
  'exp',
  'log',
  'abs',
  'sign',
  'select',
  'multiplyAdd',
  'multiplySubtract',
  'neg',
  'sigmoid',
  'tanh',
  'softplus',
  'expm1',
  'log1p',
  'floor',
  'ceil',
  'round',
] as const;

/** `multiplyAdd(a, b, c)` is a·b + c, `multiplySubtract` c − a·b; `round` takes ties to even. */
export type StepOperation = (typeof stepOperations)[number];

/** Operands and result are registers: inputs, constants, temporaries, outputs, numbered in that order. */
export interface RuleStep {
  readonly operation: StepOperation;
  readonly result: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** An elementwise rule ready to run. */
export interface RuleProgram {
  readonly inputs: number;
  readonly constants: number;
  readonly temporaries: number;
  readonly outputs: number;
  readonly steps: readonly RuleStep[];
}

/** How elements are stored: `byte` holds tfjs booleans. */
export type ElementType = 'float' | 'byte' | 'int';

export interface RuleInput {
  readonly offset: number;
  readonly type: ElementType;
  /** Strides against the result's sizes; undefined when the input has the result's own layout. */
  readonly strides?: readonly number[] | undefined;
}

export interface RuleOutput {
  readonly offset: number;
  readonly type: ElementType;
}

export interface RuleCall {
  readonly program: RuleProgram;
  /** Elements of the result. */
  readonly count: number;
  /** Sizes of the result's axes; only read when an input has strides. */
  readonly sizes: readonly number[];
  readonly constants: readonly number[];
  /** Gives the constants again, when the call is repeated from a recording. */
  readonly lateConstants?: (() => readonly number[]) | undefined;
  readonly inputs: readonly RuleInput[];
  readonly outputs: readonly RuleOutput[];
}

/** Registers that a program may have: each has a tile in a thread's workspace. */
export const maxRegisters = 256;
