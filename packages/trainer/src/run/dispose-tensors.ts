import type { Tensor } from '@nt/tensor';

/** Frees the gradients of a step. */
export function disposeTensors(tensors: Readonly<Record<string, Tensor>>): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}
