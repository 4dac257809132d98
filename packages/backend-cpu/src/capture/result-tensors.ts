import type { CapturedResults } from '@nt/tensor';
import type { Tensor } from '@tensorflow/tfjs-core';

type Results = CapturedResults<Tensor>;

/** The tensors of a result, in order. */
export const resultTensors = (results: Results): Tensor[] =>
  Object.values<Tensor | readonly Tensor[] | undefined>(results)
    .flat()
    .filter((tensor) => tensor !== undefined);
