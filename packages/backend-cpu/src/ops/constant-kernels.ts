import { type DataType, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride, KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { ElementType } from '../kernels/rule-call.ts';

const storages: Readonly<Record<string, ElementType>> = { float32: 'float', int32: 'int', bool: 'byte' };

/** A tensor of one value; undefined for strings and complex numbers, and where nothing is to be filled. */
function filled(
  backend: NtCpuBackend,
  shape: readonly number[],
  value: number,
  dtype: DataType,
): TensorInfo | undefined {
  const storage = storages[dtype];
  const count = util.sizeFromShape([...shape]);
  if (!storage || count === 0) return undefined;
  const out = backend.allocate(shape, dtype, storage);
  const destination = backend.offsetOf(out);
  // Blocks are longer than what lies in them: the last word may be filled as a whole.
  if (storage === 'byte')
    backend.kernels.fill({ destination, count: Math.ceil(count / 4), bits: value ? 0x01010101 : 0 });
  else backend.kernels.fill({ destination, count, bits: bitsOf(value, storage) });
  return out;
}

/** The four bytes of an element. */
export function bitsOf(value: number, storage: 'float' | 'int'): number {
  const [bits] = new Int32Array((storage === 'float' ? Float32Array : Int32Array).of(value).buffer);
  return bits!;
}

const fill: KernelOverride = ({ backend, attributes }) => {
  const { shape, value, dtype } = attributes as { shape: number[]; value: number | string; dtype?: DataType };
  return typeof value === 'number' ? filled(backend, shape, value, dtype ?? util.inferDtype(value)) : undefined;
};

const like =
  (value: number): KernelOverride =>
  ({ backend, inputs }) =>
    filled(backend, inputs['x']!.shape, value, inputs['x']!.dtype);

/** Tensors of one value. */
export const constantKernels: KernelTable = { Fill: fill, ZerosLike: like(0), OnesLike: like(1) };
