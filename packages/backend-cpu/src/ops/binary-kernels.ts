import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { KernelExpression } from '../rules/kernel-rule.ts';
import { broadcastShape } from './broadcast-layout.ts';
import { runRule, smallRule } from './run-rule.ts';

const arithmetic: Readonly<Record<string, KernelExpression>> = {
  Add: ['+', 'a', 'b'],
  Sub: ['-', 'a', 'b'],
  Multiply: ['*', 'a', 'b'],
  RealDiv: ['/', 'a', 'b'],
  Maximum: ['max', 'a', 'b'],
  Minimum: ['min', 'a', 'b'],
  SquaredDifference: ['*', ['-', 'a', 'b'], ['-', 'a', 'b']],
};

const comparisons: Readonly<Record<string, KernelExpression>> = {
  Equal: ['==', 'a', 'b'],
  NotEqual: ['!=', 'a', 'b'],
  Greater: ['>', 'a', 'b'],
  GreaterEqual: ['>=', 'a', 'b'],
  Less: ['<', 'a', 'b'],
  LessEqual: ['<=', 'a', 'b'],
};

/** Elementwise kernels of two tensors, with broadcasting. */
export const binaryKernels: KernelTable = Object.fromEntries([
  ...Object.entries(arithmetic).map(([name, expression]) => [name, binary(expression, 'float32')] as const),
  ...Object.entries(comparisons).map(([name, expression]) => [name, binary(expression, 'bool')] as const),
]);

function binary(expression: KernelExpression, dtype: 'float32' | 'bool'): KernelOverride {
  const rule = smallRule(['a', 'b'], expression);
  return ({ backend, inputs }) => {
    const { a, b } = inputs as Record<'a' | 'b', (typeof inputs)[string]>;
    const shape = broadcastShape([a.shape, b.shape]);
    if (!allFloat(backend, a, b) || !shape) return undefined;
    return runRule(backend, rule, [a, b], shape, { dtype });
  };
}
