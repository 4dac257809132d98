import { seluAlpha, seluScale } from '@nt/tensor';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { KernelExpression } from '../rules/kernel-rule.ts';
import { runRule, smallRule } from './run-rule.ts';

const step: KernelExpression = ['select', ['>', 'x', 0], 1, ['select', ['==', 'x', 'x'], 'alpha', 'x']];

/** Abramowitz & Stegun 7.1.26, as tfjs computes it: to 1.5e-7. */
const erf: KernelExpression = [
  '*',
  ['sign', 'x'],
  ['-', 1, ['*', polynomial([0, 0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429]), decay()]],
];

/** Of 1 / (1 + 0.3275911 · |x|). */
function polynomial(coefficients: readonly number[]): KernelExpression {
  const t: KernelExpression = ['/', 1, ['+', 1, ['*', 0.3275911, ['abs', 'x']]]];
  return coefficients.reduceRight<KernelExpression>((sum, next) => ['+', next, ['*', t, sum]], 0);
}

function decay(): KernelExpression {
  return ['exp', ['neg', ['*', 'x', 'x']]];
}

/** Kernels whose results are booleans. */
const questions: Readonly<Record<string, KernelExpression>> = {
  IsNan: ['!=', 'x', 'x'],
  IsInf: ['==', ['abs', 'x'], Number.POSITIVE_INFINITY],
  IsFinite: ['<', ['abs', 'x'], Number.POSITIVE_INFINITY],
};

/** tfjs kernel → its expression over `x`. */
const expressions: Readonly<Record<string, KernelExpression>> = {
  Abs: ['abs', 'x'],
  Neg: ['neg', 'x'],
  Square: ['*', 'x', 'x'],
  Sqrt: ['sqrt', 'x'],
  Rsqrt: ['rsqrt', 'x'],
  Reciprocal: ['/', 1, 'x'],
  Exp: ['exp', 'x'],
  Expm1: ['expm1', 'x'],
  Log: ['log', 'x'],
  Log1p: ['log1p', 'x'],
  Erf: erf,
  // tfjs: 0 for NaN.
  Sign: ['-', ['>', 'x', 0], ['<', 'x', 0]],
  Floor: ['floor', 'x'],
  Ceil: ['ceil', 'x'],
  Round: ['round', 'x'],
  Sigmoid: ['sigmoid', 'x'],
  Tanh: ['tanh', 'x'],
  Softplus: ['softplus', 'x'],
  Relu: ['max', 'x', 0],
  Relu6: ['min', ['max', 'x', 0], 6],
  Elu: ['select', ['>=', 'x', 0], 'x', ['expm1', 'x']],
  Selu: ['*', seluScale, ['select', ['>=', 'x', 0], 'x', ['*', seluAlpha, ['expm1', 'x']]]],
};

/** Kernels whose attributes are numbers of the expression, with tfjs's defaults. */
const parametric: Readonly<
  Record<string, { expression: KernelExpression; defaults: Readonly<Record<string, number>> }>
> = {
  LeakyRelu: { expression: ['select', ['<', 'x', 0], ['*', 'x', 'alpha'], 'x'], defaults: { alpha: 0.2 } },
  Step: { expression: step, defaults: { alpha: 0 } },
  ClipByValue: {
    expression: ['min', ['max', 'x', 'clipValueMin'], 'clipValueMax'],
    defaults: { clipValueMin: Number.NEGATIVE_INFINITY, clipValueMax: Number.POSITIVE_INFINITY },
  },
};

/** Elementwise kernels of one tensor. */
export const unaryKernels: KernelTable = Object.fromEntries([
  ...Object.entries(expressions).map(([name, expression]) => [name, unary(expression, {})] as const),
  ...Object.entries(questions).map(([name, expression]) => [name, unary(expression, {}, 'bool')] as const),
  ...Object.entries(parametric).map(([name, { expression, defaults }]) => [name, unary(expression, defaults)] as const),
]);

function unary(
  expression: KernelExpression,
  defaults: Readonly<Record<string, number>>,
  dtype: 'float32' | 'bool' = 'float32',
): KernelOverride {
  const rule = smallRule(['x'], expression, Object.keys(defaults));
  return ({ backend, inputs, attributes }: KernelCall) => {
    const x = inputs['x']!;
    if (!allFloat(backend, x)) return undefined;
    const scalars = Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, (attributes[name] as number | undefined) ?? value]),
    );
    return runRule(backend, rule, [x], x.shape, { scalars, dtype });
  };
}
