import type { ElementwiseRule } from '../rules/elementwise-rule.ts';
import type { Expression } from '../rules/expression.ts';

type Environment = Map<string, number>;

/** Interprets a rule for `count` elements in float64. `input(name)` and `scalar(name)` give the values. */
export function evaluateRule(
  rule: ElementwiseRule,
  count: number,
  inputs: ReadonlyMap<string, Float64Array>,
  scalars: ReadonlyMap<string, number>,
): Map<string, Float64Array> {
  const outputs = new Map(rule.outputs.map(([name]) => [name, new Float64Array(count)]));
  const environment: Environment = new Map(scalars);
  for (let i = 0; i < count; i++) {
    for (const [name, values] of inputs) environment.set(name, values[i]!);
    for (const [name, expression] of rule.definitions) environment.set(name, evaluate(expression, environment));
    for (const [name, expression] of rule.outputs) outputs.get(name)![i] = evaluate(expression, environment);
  }
  return outputs;
}

const operations: Record<string, (a: number, b: number, c: number) => number> = {
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

function evaluate(expression: Expression, environment: Environment): number {
  if (typeof expression === 'number') return expression;
  if (typeof expression === 'string') return environment.get(expression)!;
  const [operation, first, second, third] = expression as readonly [string, Expression, Expression?, Expression?];
  const a = evaluate(first, environment);
  if (second === undefined) return operations[operation]!(a, 0, 0);
  const b = evaluate(second, environment);
  return operations[operation]!(a, b, third === undefined ? 0 : evaluate(third, environment));
}
