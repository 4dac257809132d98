import type { Tensor } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';
import type { ElementwiseRule } from './elementwise-rule.ts';

/**
 * Checks a call of `elementwise` before any engine sees it: every name of the rule given and no other, inputs of one
 * shape, scalars numbers or rank-0 tensors, donations among the inputs.
 *
 * @returns the common shape of the inputs
 * @throws TensorError `tensor/rule`, `tensor/shape`
 */
export function checkRuleArguments<T extends Tensor>(
  rule: ElementwiseRule,
  inputs: Readonly<Record<string, T>>,
  scalars: Readonly<Record<string, number | T>>,
  donate: readonly string[],
): readonly number[] {
  checkNames(rule, 'input', rule.inputs, Object.keys(inputs));
  checkNames(rule, 'scalar', rule.scalars, Object.keys(scalars));
  const shape = inputs[rule.inputs[0]!]?.shape ?? [];
  for (const name of rule.inputs) {
    const received = inputs[name]!.shape;
    if (received.length !== shape.length || received.some((length, axis) => length !== shape[axis])) {
      throw new TensorError(
        'tensor/shape',
        `Elementwise rule '${rule.name}': inputs must have one shape, but '${rule.inputs[0]}' is [${shape}] and '${name}' is [${received}].`,
        { rule: rule.name, expected: shape, received },
      );
    }
  }
  for (const name of rule.scalars) {
    const value = scalars[name]!;
    if (typeof value !== 'number' && value.shape.length !== 0) {
      throw new TensorError(
        'tensor/shape',
        `Elementwise rule '${rule.name}': scalar '${name}' must be a number or a rank-0 tensor, got shape [${value.shape}].`,
        { rule: rule.name, name, received: value.shape },
      );
    }
  }
  const foreign = donate.find((name) => !rule.inputs.includes(name));
  if (foreign !== undefined) {
    throw new TensorError(
      'tensor/rule',
      `Elementwise rule '${rule.name}': donated '${foreign}' is not one of its inputs (${rule.inputs.join(', ')}).`,
    );
  }
  return shape;
}

function checkNames(
  rule: ElementwiseRule,
  kind: string,
  expected: readonly string[],
  received: readonly string[],
): void {
  const missing = expected.filter((name) => !received.includes(name));
  const unknown = received.filter((name) => !expected.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new TensorError(
    'tensor/rule',
    `Elementwise rule '${rule.name}' takes ${kind}s ${expected.join(', ') || '(none)'}; missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'}.`,
    { rule: rule.name, missing, unknown },
  );
}
