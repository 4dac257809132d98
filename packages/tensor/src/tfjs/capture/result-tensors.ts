import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { CapturedResults } from '../../capture.ts';

type Results = CapturedResults<Tensor>;

/** The tensors of a result, in order. */
export const resultTensors = (results: Results): Tensor[] =>
  Object.values<Tensor | readonly Tensor[] | undefined>(results)
    .flat()
    .filter((tensor) => tensor !== undefined);

/** Runs a function; what it gives outlives it, what it made on the way does not. */
export const runKept = (inputs: readonly Tensor[], body: (inputs: readonly Tensor[]) => Results): Results =>
  tidy(() => {
    const results = body(inputs);
    resultTensors(results).forEach(keep);
    return results as never;
  });
