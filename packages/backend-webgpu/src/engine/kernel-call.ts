import { TensorError } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NtWebgpuBackend } from './nt-webgpu-backend.ts';

/** What tfjs passes to a kernel. */
export interface KernelCall {
  readonly backend: NtWebgpuBackend;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** tfjs's own kernel on the same call, where it has one of this name. */
  readonly stock?: () => TensorInfo | TensorInfo[];
}

/** A kernel of ours. */
export type Kernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** One in place of tfjs's own; undefined leaves the call to that. */
export type KernelOverride = (call: KernelCall) => TensorInfo | TensorInfo[] | undefined;

/** @throws TensorError `tensor/option` unless every tensor is float32, the only type the fused kernels compute in */
export function requireFloat(kernel: string, tensors: Readonly<Record<string, TensorInfo>>): void {
  for (const [name, { dtype }] of Object.entries(tensors)) {
    if (dtype === 'float32') continue;
    const message = `${kernel}: expected '${name}' to be float32, got ${dtype}. Cast it first.`;
    throw new TensorError('tensor/option', message, { kernel, name, dtype });
  }
}
