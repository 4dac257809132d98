import { addScalerWeights, initialSlope, type initialWeights, parameterStore } from '@nt/layers';
import type { NetworkOps, Tensor, Variable } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import { skipNames } from './linear-skip.ts';
import type { NhitsConfig } from './nhits-options.ts';

/**
 * All weights of a network as variables: those of the blocks as drawn, or zeros; those beside the blocks as they begin.
 */
export function createParameters<T extends Tensor>(
  ops: NetworkOps<T>,
  config: NhitsConfig,
  blocks: readonly BlockPlan[],
  draw: ReturnType<typeof initialWeights> | undefined,
  scope: string,
): ReadonlyMap<string, Variable<T>> {
  const store = parameterStore(ops, scope);
  const { all, add, addLayer } = store;
  for (const layer of blocks.flatMap(({ layers }) => layers)) addLayer(layer, draw?.(layer));
  for (const { slopes } of blocks) if (slopes[0]) add(slopes[0], [initialSlope], [1]);
  addScalerWeights(store, config.windowNormalization, 1 + config.historic + config.future);
  if (config.linearSkip) {
    add(skipNames.weight, undefined, [config.inputSize, config.horizon]);
    add(skipNames.bias, undefined, [config.horizon]);
  }
  return all;
}

/** Whether training may change it: a frozen skip is saved and loaded with the rest, and stays as it is. */
export const isTrained = ({ linearSkip }: NhitsConfig, name: string): boolean =>
  (linearSkip !== false && linearSkip.trained) || !Object.values<string>(skipNames).includes(name);
