import type { NetworkOps, Tensor, TensorValues, Variable } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { initialWeights } from './initial-weights.ts';
import { skipNames } from './linear-skip.ts';
import type { NhitsConfig } from './nhits-options.ts';
import { revinNames } from './normalize-window.ts';

/** PyTorch's for `nn.PReLU`. */
const initialSlope = 0.25;

/**
 * All weights of a network as variables: those of the blocks as drawn, or zeros; those beside the blocks as they begin.
 */
export function createParameters<T extends Tensor>(
  ops: NetworkOps<T>,
  config: NhitsConfig,
  blocks: readonly BlockPlan[],
  drawn: ReturnType<typeof initialWeights> | undefined,
  scope: string,
): ReadonlyMap<string, Variable<T>> {
  const parameters = new Map<string, Variable<T>>();
  const add = (name: string, values: TensorValues | undefined, shape: readonly number[]): void => {
    const initial = values ? ops.tensor(values, shape) : ops.zeros(shape);
    parameters.set(name, ops.variable(initial, { name: `${scope}${name}` }));
    ops.dispose(initial);
  };
  for (const { name, inputs, outputs } of blocks.flatMap((block) => block.layers)) {
    const layer = drawn?.get(name);
    add(`${name}.weight`, layer?.weight, [inputs, outputs]);
    add(`${name}.bias`, layer?.bias, [outputs]);
  }
  for (const { slopes } of blocks) if (slopes[0]) add(slopes[0], [initialSlope], [1]);
  if (config.windowNormalization === 'revin') {
    const channels = 1 + config.historic + config.future;
    add(revinNames.bias, undefined, [1, channels, 1, 1]);
    add(revinNames.weight, new Array<number>(channels).fill(1), [1, channels, 1, 1]);
  }
  if (config.linearSkip) {
    add(skipNames.weight, undefined, [config.inputSize, config.horizon]);
    add(skipNames.bias, undefined, [config.horizon]);
  }
  return parameters;
}

/** Whether training may change it: a frozen skip is saved and loaded with the rest, and stays as it is. */
export const isTrained = ({ linearSkip }: NhitsConfig, name: string): boolean =>
  (linearSkip !== false && linearSkip.trained) || !Object.values<string>(skipNames).includes(name);
