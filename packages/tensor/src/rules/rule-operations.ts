import type { BinaryOperation, UnaryOperation } from './expression.ts';

/** An operation of a rule on single numbers; operands that it does not have are ignored. */
export type RuleOperation = (a: number, b: number, c: number) => number;

/** What the operations of rules mean, in double precision. */
export const ruleOperations: Readonly<Record<BinaryOperation | UnaryOperation | 'select', RuleOperation>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  // Not Math.min itself: it would take the unused third operand for another number.
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
};
