import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { KernelExpression } from '../rules/kernel-rule.ts';
import { broadcastShape } from './broadcast-layout.ts';
import { runRule, type SmallRule, smallRule } from './run-rule.ts';

const names = ['x', 'mean', 'variance', 'scale', 'offset'] as const;
const rules = new Map<string, SmallRule>();

/** (x - mean) · scale / √(variance + ε) + offset, for the inputs that are given. */
function ruleFor(given: readonly string[]): SmallRule {
  const known = rules.get(given.join());
  if (known) return known;
  const centred: KernelExpression = ['-', 'x', 'mean'];
  const scaled: KernelExpression = given.includes('scale') ? ['*', centred, 'scale'] : centred;
  const normal: KernelExpression = ['/', scaled, ['sqrt', ['+', 'variance', 'epsilon']]];
  const rule = smallRule(given, given.includes('offset') ? ['+', normal, 'offset'] : normal, ['epsilon']);
  rules.set(given.join(), rule);
  return rule;
}

const batchNorm: KernelOverride = ({ backend, inputs, attributes }) => {
  const given = names.filter((name) => inputs[name]);
  const tensors = given.map((name) => inputs[name]!);
  const { shape } = inputs['x']!;
  const fits = util.arraysEqual([...(broadcastShape(tensors.map((tensor) => tensor.shape)) ?? [])], shape);
  if (!fits || util.sizeFromShape(shape) === 0 || !allFloat(backend, ...tensors)) return undefined;
  const epsilon = (attributes['varianceEpsilon'] as number | undefined) ?? 0.001;
  return runRule(backend, ruleFor(given), tensors, shape, { scalars: { epsilon } });
};

/** More would be another sum of sums. */
const mostTerms = 16;
const sums: SmallRule[] = [];

/** A sum of n tensors in one pass, from the first to the last. */
function sumOf(terms: number): SmallRule {
  const inputs = Array.from({ length: terms }, (_, i) => `x${i}`);
  sums[terms] ??= smallRule(
    inputs,
    inputs.slice(1).reduce<KernelExpression>((sum, name) => ['+', sum, name], 'x0'),
  );
  return sums[terms];
}

const addN: KernelOverride = ({ backend, inputs }) => {
  const tensors = Object.values(inputs) as TensorInfo[];
  const [first] = tensors;
  const alike = tensors.every(({ shape }) => util.arraysEqual(shape, first!.shape));
  if (tensors.length > mostTerms || !alike || !allFloat(backend, ...tensors)) return undefined;
  if (util.sizeFromShape(first!.shape) === 0) return undefined;
  return runRule(backend, sumOf(tensors.length), tensors, first!.shape);
};

/** Elementwise kernels of many tensors. */
export const normalizeKernels: KernelTable = { FusedBatchNorm: batchNorm, AddN: addN };
