import type { NetworkOps, Tensor } from '@nt/tensor';

/** A number as a rank-0 tensor of the engine's float type. */
export function scalar<T extends Tensor>(ops: NetworkOps<T>, value: number): T {
  return ops.tensor([value], []);
}
