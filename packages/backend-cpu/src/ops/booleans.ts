import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { applyIntegers } from './integers.ts';

/**
 * A kernel that moves 4-byte elements, for booleans too: they have one byte, so they become int32 before and booleans
 * again behind it.
 */
export function alsoBooleans(kernel: KernelOverride): KernelOverride {
  return (call) => {
    const { backend, inputs } = call;
    const booleans = Object.entries(inputs).filter(([, tensor]) => isBoolean(backend, tensor));
    if (booleans.length === 0) return kernel(call);
    if (!backend.kernels.integer || booleans.some(([, { shape }]) => util.sizeFromShape(shape) === 0)) return undefined;
    const wide = booleans.map(([name, tensor]) => [name, copyAs(backend, tensor, 'int32')] as const);
    const result = kernel({ ...call, inputs: { ...inputs, ...Object.fromEntries(wide) } });
    for (const [, tensor] of wide) backend.disposeIntermediateTensorInfo(tensor);
    if (!result) return undefined;
    const narrowed = [result].flat().map((tensor) => {
      const narrow = copyAs(backend, tensor, 'bool');
      backend.disposeIntermediateTensorInfo(tensor);
      return narrow;
    });
    return Array.isArray(result) ? narrowed : narrowed[0];
  };
}

export const isBoolean = (backend: NtCpuBackend, tensor: TensorInfo): boolean =>
  tensor.dtype === 'bool' && backend.storageOf(tensor) === 'byte';

const copyAs = (backend: NtCpuBackend, x: TensorInfo, dtype: 'int32' | 'bool'): TensorInfo =>
  applyIntegers(backend, 'copy', [x], x.shape, dtype)!;
