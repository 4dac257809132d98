import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from './nt-cpu-backend.ts';

/** What tfjs passes to a kernel. */
export interface KernelCall {
  readonly backend: NtCpuBackend;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export type KernelResult = TensorInfo | TensorInfo[];

/** A kernel of ours; undefined leaves the call (an unusual type or shape) to the inherited one. */
export type KernelOverride = (call: KernelCall) => KernelResult | undefined;

/** tfjs kernel name → ours. */
export type KernelTable = Readonly<Record<string, KernelOverride>>;

/** True when every tensor is float32, also in memory. */
export function allFloat(backend: NtCpuBackend, ...tensors: readonly (TensorInfo | undefined)[]): boolean {
  return tensors.every(
    (tensor) => tensor === undefined || (tensor.dtype === 'float32' && backend.storageOf(tensor) === 'float'),
  );
}
