import type { StepOperation } from '../kernels/rule-call.ts';

type Operation = (a: number, b: number, c: number) => number;

/** The operations on single numbers, in double precision: for parts of a rule that are the same for all elements. */
const operations: Readonly<Record<StepOperation, Operation>> = {
  copy: (a) => a,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  pow: (a, b) => a ** b,
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  sqrt: Math.sqrt,
  rsqrt: (a) => 1 / Math.sqrt(a),
  exp: Math.exp,
  log: Math.log,
  abs: Math.abs,
  sign: Math.sign,
  select: (condition, a, b) => (condition !== 0 ? a : b),
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
