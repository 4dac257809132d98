import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { permute } from './permute.ts';
import { reduceAxes } from './reduce.ts';

/** Sum, mean and extremes over any axes, in a fixed order. */
export const reduceKernels: KernelTable = {
  Sum: reduction('sum', 'axis'),
  Mean: reduction('sum', 'axis', true),
  Max: reduction('max', 'reductionIndices'),
  Min: reduction('min', 'axis'),
};

function reduction(kind: 'sum' | 'max' | 'min', attribute: string, mean = false): KernelOverride {
  return ({ backend, inputs, attributes }) => {
    const x = inputs['x']!;
    if (!allFloat(backend, x)) return undefined;
    const axes = [...util.parseAxisParam(attributes[attribute] as number | number[], x.shape)].sort((a, b) => a - b);
    const count = axes.reduce((total, axis) => total * x.shape[axis]!, 1);
    const scale = mean ? 1 / count : 1;
    const out = reduceAxes(backend, kind, x, axes, scale) ?? reduceApart(axes);
    if (!out || !attributes['keepDims']) return out;
    return { ...out, shape: x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) };

    /** Axes that do not lie next to each other are brought together first. */
    function reduceApart(reduced: readonly number[]): TensorInfo | undefined {
      const kept = x.shape.map((_, axis) => axis).filter((axis) => !reduced.includes(axis));
      const together = permute(backend, x, [...kept, ...reduced]);
      if (!together) return undefined;
      const last = reduced.map((_, i) => kept.length + i);
      const result = reduceAxes(backend, kind, together, last, scale);
      backend.disposeIntermediateTensorInfo(together);
      return result;
    }
  };
}
