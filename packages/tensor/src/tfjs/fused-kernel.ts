import { engine, getKernel, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelName } from '../kernel-names.ts';

/** Whether the active engine registered this fused kernel. */
export const hasKernel = (name: KernelName): boolean => getKernel(name, engine().backendName) !== undefined;

/** Runs a fused kernel on the active engine. */
export function runFused(name: KernelName, inputs: NamedTensorMap, attributes: object): Tensor[] {
  const result = engine().runKernel(name, inputs, attributes as NamedAttrMap) as Tensor | Tensor[];
  return Array.isArray(result) ? result : [result];
}

/**
 * Moves tensors from the innermost `tidy` to the one around it. tfjs asks for the gradient of each input of a kernel in
 * a tidy of its own; what one fused call computed for the other inputs would be freed before tfjs asks for it.
 */
export function moveToOuterScope(tensors: readonly Tensor[]): void {
  const { activeScope, scopeStack } = engine().state;
  const outer = scopeStack.at(-2);
  if (!outer) return;
  for (const tensor of tensors) {
    const at = activeScope.track.indexOf(tensor);
    if (at < 0) continue;
    activeScope.track.splice(at, 1);
    tensor.scopeId = outer.id;
    outer.track.push(tensor);
  }
}
