import { type Expression, type RuleOperation, ruleOperations } from '@nt/tensor';

type Scalars = Readonly<Record<string, number>>;

/** A part of a rule that is the same for all elements and known to the host. */
export type HostValue = (scalars: Scalars) => number;

const operations: Readonly<Record<string, RuleOperation>> = ruleOperations;

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
