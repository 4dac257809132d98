import type { Backend, NetworkOps, Tensor, TensorOps, Variable } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';

export type Variables<T extends Tensor> = Record<string, Variable<T>>;

export interface ReferenceSetUp {
  readonly backend: Backend<ReferenceTensor>;
  readonly ops: NetworkOps<ReferenceTensor>;
  readonly parameters: Variables<ReferenceTensor>;
}

/** Variables on a float64 reference engine of their own. Shapes default to vectors. */
export function referenceVariables(
  values: Readonly<Record<string, readonly number[]>>,
  shapes: Readonly<Record<string, readonly number[]>> = {},
): ReferenceSetUp {
  const backend = createReferenceBackend();
  return { backend, ops: backend.ops, parameters: makeVariables(backend.ops, values, shapes) };
}

/** Variables with the given values on any engine. */
export function makeVariables<T extends Tensor>(
  ops: NetworkOps<T>,
  values: Readonly<Record<string, readonly number[]>>,
  shapes: Readonly<Record<string, readonly number[]>> = {},
): Variables<T> {
  const entries = Object.entries(values).map(([name, data]) => {
    const initial = ops.tensor(data, shapes[name] ?? [data.length]);
    const variable = ops.variable(initial, { name });
    initial.dispose();
    return [name, variable] as const;
  });
  return Object.fromEntries(entries);
}

/** Tensors of the given values, shaped as the variables of the same names. */
export function tensorsLike<T extends Tensor>(
  ops: TensorOps<T>,
  parameters: Variables<T>,
  values: Readonly<Record<string, readonly number[]>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, data]) => [name, ops.tensor(data, parameters[name]!.shape)]),
  );
}

/** Reads all values to the host. */
export async function readAll<T extends Tensor>(
  tensors: Readonly<Record<string, T>>,
): Promise<Record<string, number[]>> {
  const entries = Object.entries(tensors).map(
    async ([name, tensor]) => [name, Array.from(await tensor.data())] as [string, number[]],
  );
  return Object.fromEntries(await Promise.all(entries));
}
