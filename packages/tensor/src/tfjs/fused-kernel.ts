import { engine, getKernel, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelName } from '../kernel-names.ts';

/** Whether the active engine registered this fused kernel. */
export const hasKernel = (name: KernelName): boolean => getKernel(name, engine().backendName) !== undefined;

/** Runs a fused kernel on the active engine. */
export function runFused(name: KernelName, inputs: NamedTensorMap, attributes: object): Tensor[] {
  const result = engine().runKernel(name, inputs, attributes as NamedAttrMap) as Tensor | Tensor[];
  return Array.isArray(result) ? result : [result];
}
