import type { ElementwiseRule } from '../rules/elementwise-rule.ts';
import type { Expression } from '../rules/expression.ts';
import { type RuleOperation, ruleOperations } from '../rules/rule-operations.ts';

type Environment = Map<string, number>;

const operations: Readonly<Record<string, RuleOperation>> = ruleOperations;

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

function evaluate(expression: Expression, environment: Environment): number {
  if (typeof expression === 'number') return expression;
  if (typeof expression === 'string') return environment.get(expression)!;
  const [operation, first, second, third] = expression as readonly [string, Expression, Expression?, Expression?];
  const a = evaluate(first, environment);
  if (second === undefined) return operations[operation]!(a, 0, 0);
  const b = evaluate(second, environment);
  return operations[operation]!(a, b, third === undefined ? 0 : evaluate(third, environment));
}
