import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { IntegerOperation } from '../kernels/indexed-and-integer-calls.ts';
import { broadcastLayout } from './broadcast-layout.ts';

const mostAxes = 8;

/** True when every tensor holds whole numbers or booleans, also in memory. */
export function allWhole(backend: NtCpuBackend, ...tensors: readonly TensorInfo[]): boolean {
  return tensors.every((tensor) => {
    const storage = backend.storageOf(tensor);
    return (tensor.dtype === 'int32' && storage === 'int') || (tensor.dtype === 'bool' && storage === 'byte');
  });
}

/** An operation of whole numbers over broadcast inputs; undefined without such kernels and for empty results. */
export function applyIntegers(
  backend: NtCpuBackend,
  operation: IntegerOperation,
  tensors: readonly TensorInfo[],
  shape: readonly number[],
  dtype: 'int32' | 'bool',
): TensorInfo | undefined {
  const { integer } = backend.kernels;
  const count = util.sizeFromShape([...shape]);
  const { sizes, strides } = broadcastLayout(
    shape,
    tensors.map((tensor) => tensor.shape),
  );
  if (!integer || count === 0 || sizes.length > mostAxes) return undefined;
  const inputs = tensors.map((tensor, i) => ({
    offset: backend.offsetOf(tensor),
    byte: backend.storageOf(tensor) === 'byte',
    strides: strides[i] ?? denseStrides(sizes),
  }));
  const outByte = dtype === 'bool';
  const result = backend.allocate(shape, dtype, outByte ? 'byte' : 'int');
  const out = backend.offsetOf(result);
  integer.apply({ operation, count, sizes: sizes.length === 0 ? [count] : sizes, inputs, out, outByte });
  return result;
}

/** Where all inputs are dense the layout has no axes: then there is one. */
function denseStrides(sizes: readonly number[]): number[] {
  if (sizes.length === 0) return [1];
  return sizes.map((_, axis) => util.sizeFromShape(sizes.slice(axis + 1)));
}
