import type { CapturedResults } from '@nt/tensor';
import type { Tensor } from '@tensorflow/tfjs-core';

type Results = CapturedResults<Tensor>;

/** The tensors of a result, in order. */
export const resultTensors = (results: Results): Tensor[] =>
  Object.values<Tensor | readonly Tensor[] | undefined>(results)
    .flat()
    .filter((tensor) => tensor !== undefined);

/** A result of the same form with other tensors. */
export function withTensors(results: Results, replace: (tensor: Tensor) => Tensor): Results {
  const replaced = (value: Tensor | readonly Tensor[] | undefined): typeof value =>
    Array.isArray(value) ? value.map(replace) : value && replace(value as Tensor);
  if (Array.isArray(results)) return results.map(replace);
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, replaced(value)]));
}
