import type { NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { kernelCases } from './kernel-cases.ts';

/** How far float32 may be from float64. */
export interface KernelTolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** Every case on an engine and in float64. @returns what differs, in words */
export async function compareKernels<T extends Tensor>(
  ops: NetworkOps<T>,
  tolerance: KernelTolerance,
): Promise<string[]> {
  const differences: string[] = [];
  const reference = createReferenceBackend();
  for (const { name, run } of kernelCases) {
    const expected = await valuesOf(reference.ops, run);
    const received = await valuesOf(ops, run);
    for (const [i, values] of expected.entries()) {
      const found = received[i]!;
      if (found.length !== values.length) differences.push(`${name}: ${found.length} values for ${values.length}`);
      const at = values.findIndex((value, k) => !isNear(found[k]!, value, tolerance));
      if (at >= 0) differences.push(`${name}: output ${i}[${at}] is ${found[at]}, not ${values[at]}`);
    }
  }
  return differences;
}

async function valuesOf<T extends Tensor>(
  ops: NetworkOps<T>,
  run: <U extends Tensor>(of: NetworkOps<U>) => readonly U[],
): Promise<number[][]> {
  const variables = new Set<T>();
  const watched: NetworkOps<T> = {
    ...ops,
    variable: (initial, options) => {
      const variable = ops.variable(initial, options);
      variables.add(variable as T);
      return variable;
    },
  };
  const tensors = ops.tidy(() => run(watched) as readonly T[]);
  const values: number[][] = [];
  for (const tensor of tensors) values.push(Array.from(await tensor.data()));
  ops.dispose([...tensors, ...variables]);
  return values;
}

/** float32 cannot hold more than 3.4e38. */
function isNear(found: number, expected: number, { relative, absolute }: KernelTolerance): boolean {
  const rounded = Math.fround(expected);
  if (Object.is(found, rounded) || found === rounded) return true;
  return Math.abs(found - rounded) <= absolute + relative * Math.abs(rounded);
}
