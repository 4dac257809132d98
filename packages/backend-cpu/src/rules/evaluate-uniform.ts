import { type RuleOperation, ruleOperations } from '@nt/tensor';
import type { StepOperation } from '../kernels/rule-call.ts';

/** The operations on single numbers, in double precision: for parts of a rule that are the same for all elements. */
const operations: Readonly<Record<StepOperation, RuleOperation>> = {
  copy: (a) => a,
  ...ruleOperations,
  multiplyAdd: (a, b, c) => a * b + c,
  multiplySubtract: (a, b, c) => c - a * b,
  neg: (a) => -a,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  expm1: Math.expm1,
  log1p: Math.log1p,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundHalfToEven,
};

/** One operation on numbers. */
export function evaluateUniform(operation: StepOperation, operands: readonly number[]): number {
  const [a = 0, b = 0, c = 0] = operands;
  return operations[operation](a, b, c);
}

function roundHalfToEven(a: number): number {
  const floor = Math.floor(a);
  if (a - floor !== 0.5) return Math.round(a);
  return floor % 2 === 0 ? floor : floor + 1;
}
