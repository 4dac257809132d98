import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { mostAlike } from '../engine/small-work.ts';
import { allWhole, applyIntegers } from './integers.ts';
import { runRule, smallRule } from './run-rule.ts';

const selectRule = smallRule(['condition', 't', 'e'], ['select', 'condition', 't', 'e']);
const castRule = smallRule(['x'], 'x');
const notRule = smallRule(['x'], ['==', 'x', 0]);

/** A condition with one axis chooses whole rows. */
const select: KernelOverride = ({ backend, inputs }) => {
  const { condition, t, e } = inputs as Record<'condition' | 't' | 'e', TensorInfo>;
  const { shape } = t;
  const ofRows = condition.shape.length === 1 && shape.length > 1;
  const chooser = ofRows ? { ...condition, shape: [...condition.shape, ...shape.slice(1).map(() => 1)] } : condition;
  const alike = util.arraysEqual(shape, e.shape) && chooser.shape.every((size, i) => size === 1 || size === shape[i]);
  if (backend.storageOf(condition) !== 'byte' || !alike || chooser.shape.length !== shape.length) return undefined;
  if (allFloat(backend, t, e)) return runRule(backend, selectRule, [chooser, t, e], shape);
  const dtype = t.dtype as 'int32' | 'bool';
  if (!allWhole(backend, t, e) || t.dtype !== e.dtype) return undefined;
  return applyIntegers(backend, 'select', [chooser, t, e], shape, dtype);
};

const numbers = ['float32', 'int32', 'bool'];

/** Between numbers and booleans; to int32 as JavaScript stores into an Int32Array. */
const cast: KernelOverride = ({ backend, inputs, attributes }) => {
  const x = inputs['x']!;
  const to = attributes['dtype'] as 'float32' | 'int32' | 'bool';
  if (!numbers.includes(x.dtype) || !numbers.includes(to)) return undefined;
  const isFloat = allFloat(backend, x);
  if (!isFloat && !allWhole(backend, x)) return undefined;
  if (x.dtype === to) return backend.share(x);
  const size = util.sizeFromShape(x.shape);
  if (size === 0) return undefined;
  // The stock kernel would leave whole numbers in what is called float32.
  if (size <= mostAlike && backend.areQuick(inputs as never))
    return backend.makeTensorInfo(x.shape, to, converted(backend.valuesOf(x) as Float32Array, to));
  return runRule(backend, castRule, [x], x.shape, { dtype: to });
};

function converted(values: Float32Array, to: 'float32' | 'int32' | 'bool'): Float32Array | Int32Array | Uint8Array {
  if (to === 'bool') return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
  return to === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
}

const not: KernelOverride = ({ backend, inputs }) => {
  const x = inputs['x']!;
  return allWhole(backend, x) ? runRule(backend, notRule, [x], x.shape, { dtype: 'bool' }) : undefined;
};

/** Kernels that read booleans, and changes of type. */
export const choiceKernels: KernelTable = { Select: select, Cast: cast, LogicalNot: not };
