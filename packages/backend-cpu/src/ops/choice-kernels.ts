import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { runRule, smallRule } from './run-rule.ts';

const selectRule = smallRule(['condition', 't', 'e'], ['select', 'condition', 't', 'e']);
const castRule = smallRule(['x'], 'x');

const select: KernelOverride = ({ backend, inputs }) => {
  const { condition, t, e } = inputs as Record<'condition' | 't' | 'e', TensorInfo>;
  const alike = util.arraysEqual(condition.shape, t.shape) && util.arraysEqual(t.shape, e.shape);
  if (!allFloat(backend, t, e) || backend.storageOf(condition) !== 'byte' || !alike) return undefined;
  return runRule(backend, selectRule, [condition, t, e], t.shape);
};

/** Booleans and integers to float, and float to boolean; the rest is left to the inherited kernel. */
const cast: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const [from, to] = [x.dtype, attributes['dtype']];
  if (to === 'float32' && (from === 'bool' || from === 'int32')) return runRule(backend, castRule, [x], x.shape);
  if (to === 'bool' && from === 'float32') return runRule(backend, castRule, [x], x.shape, { dtype: 'bool' });
  return undefined;
};

/** Kernels that read booleans. */
export const choiceKernels: KernelTable = { Select: select, Cast: cast };
