import type { Expression } from '@nt/tensor';

type Scalars = Readonly<Record<string, number>>;

/** A part of a rule that is the same for all elements and known to the host. */
export type HostValue = (scalars: Scalars) => number;

const operations: Readonly<Record<string, (a: number, b: number, c: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  pow: (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  sqrt: Math.sqrt,
  rsqrt: (a) => 1 / Math.sqrt(a),
  exp: Math.exp,
  log: Math.log,
  abs: Math.abs,
  sign: Math.sign,
  select: (condition, a, b) => (condition !== 0 ? a : b),
};

/** An operation of numbers that the host knows, in double precision: 1 − β₂ of a float32 β₂ has three digits. */
export function hostOperation(operation: string, [a, b, c]: readonly HostValue[]): HostValue {
  const run = operations[operation]!;
  const none = (): number => 0;
  const [first, second, third] = [a ?? none, b ?? none, c ?? none];
  return (scalars) => run(first(scalars), second(scalars), third(scalars));
}

/** A number, or a scalar by name. */
export const hostLeaf = (leaf: Extract<Expression, string | number>): HostValue =>
  typeof leaf === 'number' ? () => leaf : (scalars) => scalars[leaf]!;
