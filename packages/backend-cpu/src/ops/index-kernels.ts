import { util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { allWhole } from './integers.ts';
import { linesAlong } from './lines-along.ts';
import { runRule, smallRule } from './run-rule.ts';

function arg(smallest: boolean): KernelOverride {
  return ({ backend, inputs, attributes }) => {
    const x = inputs['x']!;
    const { indexed } = backend.kernels;
    const integers = x.dtype === 'int32' && allWhole(backend, x);
    if (!(integers || allFloat(backend, x)) || util.sizeFromShape(x.shape) === 0) return undefined;
    const axes = util.parseAxisParam(attributes['axis'] as number, x.shape);
    const source = backend.offsetOf(x);
    const shape = x.shape.filter((_, axis) => axis !== axes[0]);
    const out = backend.allocate(shape, 'int32', 'int');
    indexed.arg({ source, destination: backend.offsetOf(out), ...linesAlong(x, axes), smallest, integers });
    return out;
  };
}

function scan(product: boolean): KernelOverride {
  return ({ backend, inputs, attributes }) => {
    const x = inputs['x']!;
    const { indexed } = backend.kernels;
    if (!allFloat(backend, x) || util.sizeFromShape(x.shape) === 0) return undefined;
    const axes = util.parseAxisParam(attributes['axis'] as number, x.shape);
    const [exclusive, reverse] = [Boolean(attributes['exclusive']), Boolean(attributes['reverse'])];
    const source = backend.offsetOf(x);
    const out = backend.allocate(x.shape);
    const destination = backend.offsetOf(out);
    indexed.scan({ source, destination, ...linesAlong(x, axes), product, exclusive, reverse });
    return out;
  };
}

const oneHotRule = smallRule(['index', 'place'], ['select', ['==', 'index', 'place'], 'on', 'off'], ['on', 'off']);
/** Up to here float32 holds every whole number. */
const mostPlaces = 2 ** 24;

const oneHot: KernelOverride = ({ backend, inputs, attributes }) => {
  const indices = inputs['indices']!;
  const { depth, onValue, offValue, dtype } = attributes as Record<'depth' | 'onValue' | 'offValue', number> & {
    dtype: 'float32';
  };
  const known = ['float32', 'int32', 'bool'].includes(dtype);
  const isEmpty = util.sizeFromShape(indices.shape) * depth === 0;
  if (!known || isEmpty || depth > mostPlaces || backend.storageOf(indices) !== 'int') return undefined;
  const places = backend.allocate([depth]);
  backend.heap.write(
    backend.offsetOf(places),
    Float32Array.from({ length: depth }, (_, i) => i),
  );
  const column = { ...indices, shape: [...indices.shape, 1] };
  const shape = [...indices.shape, depth];
  const out = runRule(backend, oneHotRule, [column, places], shape, { dtype, scalars: { on: onValue, off: offValue } });
  backend.disposeIntermediateTensorInfo(places);
  return out;
};

/** Kernels that give indices or are made of them, and running sums. */
export const indexKernels: KernelTable = {
  ArgMax: arg(false),
  ArgMin: arg(true),
  Cumsum: scan(false),
  Cumprod: scan(true),
  OneHot: oneHot,
};
