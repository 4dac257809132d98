import { type NetworkOps, type Tensor, uniformValues } from '@nt/tensor';

/** What is computed on two engines. */
export interface KernelCase {
  readonly name: string;
  readonly run: <T extends Tensor>(ops: NetworkOps<T>) => readonly T[];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The same numbers in [from, to) on every engine. */
export function uniform<T extends Tensor>(
  ops: NetworkOps<T>,
  shape: readonly number[],
  seed: number,
  from = -1,
  to = 1,
): T {
  const values = uniformValues(sizeOf(shape), { seed, counter: 0 });
  return ops.tensor(
    values.map((u) => from + u * (to - from)),
    shape,
  );
}
