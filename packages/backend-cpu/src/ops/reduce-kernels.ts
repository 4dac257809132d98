import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { IntegerReduceCall } from '../kernels/indexed-and-integer-calls.ts';
import type { ReduceCall } from '../kernels/kernels.ts';
import { choiceKernels } from './choice-kernels.ts';
import { allWhole } from './integers.ts';
import { linesAlong } from './lines-along.ts';
import { permute } from './permute.ts';
import { reduceAxes } from './reduce.ts';

/** Sum, mean, product and extremes over any axes, in a fixed order. */
export const reduceKernels: KernelTable = {
  Sum: reduction('sum', 'axis'),
  Mean: mean,
  Prod: reduction('product', 'axis'),
  Max: reduction('max', 'reductionIndices'),
  Min: reduction('min', 'axis'),
  Any: reduction('max', 'axis', 'bool'),
  All: reduction('min', 'axis', 'bool'),
};

/** Reduces axes that lie next to each other. */
type Reducer = (x: TensorInfo, axes: readonly number[]) => TensorInfo | undefined;

/** Of whole numbers and booleans as tfjs has it: the mean of them as float32. */
function mean(call: KernelCall): TensorInfo | undefined {
  const x = call.inputs['x']!;
  const axes = axesOf(call, 'axis');
  const scale = 1 / axes.reduce((total, axis) => total * x.shape[axis]!, 1);
  const { backend } = call;
  if (allFloat(backend, x)) return reduce(call, axes, (part, along) => reduceAxes(backend, 'sum', part, along, scale));
  const numbers = choiceKernels['Cast']!({ ...call, attributes: { dtype: 'float32' } }) as TensorInfo | undefined;
  if (!numbers) return undefined;
  const result = mean({ ...call, inputs: { x: numbers } });
  backend.disposeIntermediateTensorInfo(numbers);
  return result;
}

function reduction(kind: ReduceCall['kind'], attribute: string, only?: 'bool'): KernelOverride {
  return (call) => {
    const { backend, inputs } = call;
    const x = inputs['x']!;
    const axes = axesOf(call, attribute);
    if (!only && allFloat(backend, x))
      return reduce(call, axes, (part, along) => reduceAxes(backend, kind, part, along, 1));
    if (!allWhole(backend, x) || x.dtype !== (only ?? 'int32')) return undefined;
    return reduce(call, axes, (part, along) => reduceIntegers(backend, kind, part, along));
  };
}

const axesOf = ({ inputs, attributes }: KernelCall, attribute: string): number[] =>
  [...util.parseAxisParam(attributes[attribute] as number | number[], inputs['x']!.shape)].sort((a, b) => a - b);

function reduce(
  { backend, inputs, attributes }: KernelCall,
  axes: readonly number[],
  by: Reducer,
): TensorInfo | undefined {
  const x = inputs['x']!;
  const out = axes.every((axis, i) => axis === axes[0]! + i) ? by(x, axes) : reduceApart(backend, x, axes, by);
  if (!out || !attributes['keepDims']) return out;
  return { ...out, shape: x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) };
}

/** Axes that do not lie next to each other are brought together first. */
function reduceApart(
  backend: NtCpuBackend,
  x: TensorInfo,
  axes: readonly number[],
  by: Reducer,
): TensorInfo | undefined {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const together = permute(backend, x, [...kept, ...axes]);
  if (!together) return undefined;
  const last = axes.map((_, i) => kept.length + i);
  const result = by(together, last);
  backend.disposeIntermediateTensorInfo(together);
  return result;
}

function reduceIntegers(
  backend: NtCpuBackend,
  kind: IntegerReduceCall['kind'],
  x: TensorInfo,
  axes: readonly number[],
): TensorInfo | undefined {
  const { integer } = backend.kernels;
  if (!integer || util.sizeFromShape(x.shape) === 0) return undefined;
  const isByte = backend.storageOf(x) === 'byte';
  const source = backend.offsetOf(x);
  const shape = x.shape.filter((_, axis) => !axes.includes(axis));
  const out = backend.allocate(shape, x.dtype, isByte ? 'byte' : 'int');
  const destination = backend.offsetOf(out);
  integer.reduce({ kind, source, destination, ...linesAlong(x, axes), sourceByte: isByte, destinationByte: isByte });
  return out;
}
