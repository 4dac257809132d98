import { distributionParameters } from '@nt/layers';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import type { NhitsNetwork } from './nhits-network.ts';

/** Names of the linear forecast's weights, `[horizon, inputSize]` and `[horizon]` in files, as PyTorch's `Linear`. */
export const skipNames = { weight: 'skip.weight', bias: 'skip.bias' } as const;

/**
 * W(x − last) + b. What was not observed counts as the last value. It is added to every output that is a value: points and
 * quantiles, of a distribution its location.
 *
 * @returns `[batch, outputs or 1, horizon]`
 */
export function linearSkip<T extends Tensor>(
  ops: NetworkOps<T>,
  { config, parameters }: NhitsNetwork<T>,
  { input, inputMask }: WindowTensors<T>,
  last: T,
): T {
  const [batch, { horizon, outputs, scaleDecouple }] = [input.shape[0]!, config];
  const away = ops.sub(input, last);
  const weight = parameters.get(skipNames.weight)! as T;
  const observed = inputMask ? ops.mul(away, inputMask) : away;
  const line = ops.dense(observed, weight, parameters.get(skipNames.bias)! as T, 'linear');
  const forecast = ops.reshape(line, [batch, 1, horizon]);
  if (scaleDecouple === 'none') return forecast;
  const location = distributionParameters[scaleDecouple].findIndex((p) => p === 'location' || p === 'mean');
  const columns = Array.from({ length: outputs }, (_, k) =>
    k === location ? forecast : ops.zeros([batch, 1, horizon]),
  );
  return ops.concat(columns, 1);
}
