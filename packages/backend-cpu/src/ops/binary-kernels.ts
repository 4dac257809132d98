import type { TensorInfo } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { IntegerOperation } from '../kernels/indexed-and-integer-calls.ts';
import type { KernelExpression } from '../rules/kernel-rule.ts';
import { broadcastShape } from './broadcast-layout.ts';
import { allWhole, applyIntegers } from './integers.ts';
import { runRule, smallRule } from './run-rule.ts';

const arithmetic: Readonly<Record<string, KernelExpression>> = {
  Add: ['+', 'a', 'b'],
  Sub: ['-', 'a', 'b'],
  Multiply: ['*', 'a', 'b'],
  RealDiv: ['/', 'a', 'b'],
  Maximum: ['max', 'a', 'b'],
  Minimum: ['min', 'a', 'b'],
  SquaredDifference: ['*', ['-', 'a', 'b'], ['-', 'a', 'b']],
  Pow: ['pow', 'a', 'b'],
  Prelu: ['select', ['<', 'a', 0], ['*', 'b', 'a'], 'a'],
  // Of an output of Elu.
  EluGrad: ['select', ['>=', 'b', 0], 'a', ['*', 'a', ['+', 'b', 1]]],
};

const comparisons: Readonly<Record<string, KernelExpression>> = {
  Equal: ['==', 'a', 'b'],
  NotEqual: ['!=', 'a', 'b'],
  Greater: ['>', 'a', 'b'],
  GreaterEqual: ['>=', 'a', 'b'],
  Less: ['<', 'a', 'b'],
  LessEqual: ['<=', 'a', 'b'],
};

const usual = ['a', 'b'] as const;
/** Names of the operands where they are others. */
const unusual: Readonly<Record<string, readonly [string, string]>> = { Prelu: ['x', 'alpha'], EluGrad: ['dy', 'y'] };

/** The same of whole numbers and booleans. */
const integerNames: Readonly<Record<string, IntegerOperation>> = {
  Add: '+',
  Sub: '-',
  Multiply: '*',
  FloorDiv: 'floorDivide',
  Mod: 'mod',
  Maximum: 'max',
  Minimum: 'min',
  SquaredDifference: 'squaredDifference',
  Equal: '==',
  NotEqual: '!=',
  Greater: '>',
  GreaterEqual: '>=',
  Less: '<',
  LessEqual: '<=',
  LogicalAnd: 'and',
  LogicalOr: 'or',
};

/** Elementwise kernels of two tensors, with broadcasting. */
export const binaryKernels: KernelTable = Object.fromEntries([
  ...Object.keys(integerNames).map((name) => [name, whole(name)] as const),
  ...Object.entries(arithmetic).map(([name, expression]) => [name, binary(name, expression, 'float32')] as const),
  ...Object.entries(comparisons).map(([name, expression]) => [name, binary(name, expression, 'bool')] as const),
]);

function binary(name: string, expression: KernelExpression, dtype: 'float32' | 'bool'): KernelOverride {
  const rule = smallRule(['a', 'b'], expression);
  const [first, second] = unusual[name] ?? usual;
  const ofIntegers = integerNames[name] && whole(name);
  return (call) => {
    const { backend, inputs } = call;
    const [a, b] = [inputs[first]!, inputs[second]!];
    if (!allFloat(backend, a, b)) return ofIntegers?.(call);
    const shape = broadcastShape([a.shape, b.shape]);
    if (!shape) return undefined;
    return runRule(backend, rule, [a, b], shape, { dtype });
  };
}

/** Arithmetic is of int32 only: tfjs's booleans add up by other rules. */
function whole(name: string): KernelOverride {
  const operation = integerNames[name]!;
  const dtype = name in comparisons || operation === 'and' || operation === 'or' ? 'bool' : 'int32';
  return ({ backend, inputs }) => {
    const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
    const fits = allWhole(backend, a, b) && (dtype === 'bool' || (a.dtype === 'int32' && b.dtype === 'int32'));
    const shape = fits && broadcastShape([a.shape, b.shape]);
    return shape ? applyIntegers(backend, operation, [a, b], shape, dtype) : undefined;
  };
}
