import {
  abs,
  add,
  broadcastTo,
  cast,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  maximum,
  minimum,
  mul,
  type NamedTensorMap,
  notEqual,
  pow,
  rsqrt,
  scalar,
  sign,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { kernelNames } from '../kernel-names.ts';
import { checkRuleArguments } from '../rules/check-rule-arguments.ts';
import type { ElementwiseKernelAttributes, ElementwiseOptions, ElementwiseRule } from '../rules/elementwise-rule.ts';
import type { Expression } from '../rules/expression.ts';
import { hasKernel, runFused } from './fused-kernel.ts';

type Values = Map<string, Tensor>;

type Inputs = Readonly<Record<string, Tensor>>;

/** Evaluates a rule with the engine's one-pass kernel when it has one, else with one stock operation for each node. */
export function elementwise(
  rule: ElementwiseRule,
  inputs: Inputs,
  scalars: Readonly<Record<string, number | Tensor>>,
  options: ElementwiseOptions = {},
): Record<string, Tensor> {
  return elementwiseEach(rule, [inputs], scalars, options)[0]!;
}

/** The same for several groups of inputs. */
export function elementwiseEach(
  rule: ElementwiseRule,
  groups: readonly Inputs[],
  scalars: Readonly<Record<string, number | Tensor>>,
  { donate = [], late }: ElementwiseOptions = {},
): Record<string, Tensor>[] {
  const shapes = groups.map((inputs) => checkRuleArguments(rule, inputs, scalars, donate));
  if (groups.length === 0) return [];
  if (hasKernel(kernelNames.elementwise)) return runKernel(rule, groups, scalars, { donate, late });
  return groups.map((inputs, i) => tidy(() => compose(rule, inputs, scalars, shapes[i]!)));
}

function runKernel(
  rule: ElementwiseRule,
  groups: readonly Inputs[],
  scalars: Readonly<Record<string, number | Tensor>>,
  { donate = [], late }: ElementwiseOptions,
): Record<string, Tensor>[] {
  const tensors: NamedTensorMap = {};
  let count = 0;
  for (const inputs of groups) for (const name of rule.inputs) tensors[count++] = inputs[name]!;
  const values: Record<string, number | { readonly input: string }> = {};
  for (const [name, value] of Object.entries(scalars)) {
    if (typeof value === 'number') values[name] = value;
    else {
      tensors[`scalar:${name}`] = value;
      values[name] = { input: `scalar:${name}` };
    }
  }
  const attributes: ElementwiseKernelAttributes = { rule, scalars: values, donate, groups: groups.length, late };
  const outputs = runFused(kernelNames.elementwise, tensors, attributes).values();
  return groups.map(() => {
    const named: Record<string, Tensor> = {};
    for (const [name] of rule.outputs) named[name] = outputs.next().value!;
    return named;
  });
}

function compose(
  rule: ElementwiseRule,
  inputs: Readonly<Record<string, Tensor>>,
  scalars: Readonly<Record<string, number | Tensor>>,
  shape: readonly number[],
): Record<string, Tensor> {
  const values: Values = new Map(Object.entries(inputs));
  for (const [name, value] of Object.entries(scalars))
    values.set(name, typeof value === 'number' ? scalar(value) : value);
  for (const [name, expression] of rule.definitions) values.set(name, evaluate(expression, values));
  return Object.fromEntries(
    rule.outputs.map(([name, expression]) => [name, ownTensor(evaluate(expression, values), shape)]),
  );
}

/** An output is always a new tensor of the inputs' shape, even when its expression is a mere name or number. */
function ownTensor(value: Tensor, shape: readonly number[]): Tensor {
  return value.rank === shape.length ? value.clone() : broadcastTo(value, [...shape]);
}

const binary: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
  '+': add,
  '-': sub,
  '*': mul,
  '/': div,
  min: minimum,
  max: maximum,
  pow,
};
const comparisons: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
  '<': less,
  '<=': lessEqual,
  '>': greater,
  '>=': greaterEqual,
  '==': equal,
  '!=': notEqual,
};
const unary: Record<string, (x: Tensor) => Tensor> = { sqrt, rsqrt, exp, log, abs, sign };

function evaluate(expression: Expression, values: Values): Tensor {
  if (typeof expression === 'number') return scalar(expression);
  if (typeof expression === 'string') return values.get(expression)!;
  const [operation, ...operands] = expression as readonly [string, ...Expression[]];
  if (operation === 'select') {
    const [condition, a, b] = operands as [Expression, Expression, Expression];
    return select(evaluateCondition(condition, values), evaluate(a, values), evaluate(b, values));
  }
  if (operation in comparisons) return cast(evaluateCondition(expression, values), 'float32');
  if (operation in unary) return unary[operation]!(evaluate(operands[0]!, values));
  // The same product; on the stock cpu engine a plain loop.
  if (operation === '*' && operands[0] === operands[1]) return square(evaluate(operands[0]!, values));
  return binary[operation]!(evaluate(operands[0]!, values), evaluate(operands[1]!, values));
}

/** A comparison as tfjs's own boolean; anything else is true where it is not 0. */
function evaluateCondition(expression: Expression, values: Values): Tensor {
  if (typeof expression === 'object') {
    const compare = comparisons[expression[0]];
    if (compare)
      return compare(evaluate(expression[1] as Expression, values), evaluate(expression[2] as Expression, values));
  }
  return notEqual(evaluate(expression, values), scalar(0));
}

/** `where` with all operands brought to the largest shape: not every engine broadcasts the condition. */
function select(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const shape = [condition, a, b].reduce((largest, t) => (t.rank > largest.length ? t.shape : largest), [] as number[]);
  const spread = (t: Tensor): Tensor => (t.rank === shape.length ? t : broadcastTo(t, shape));
  return where(cast(spread(condition), 'bool'), spread(a), spread(b));
}
