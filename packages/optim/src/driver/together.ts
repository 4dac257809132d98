import type { Tensor } from '@nt/tensor';
import type { CohortNumbers } from './cohorts.ts';
import type { ParameterGroup } from './parameter-group.ts';
import type { PlannedParameter } from './planned-parameter.ts';

type Members<T extends Tensor> = readonly PlannedParameter<T>[];

/** Parameters that share steps and numbers, so that one rule with the same scalars is for all of them. */
export function together<T extends Tensor>(
  parameters: Members<T>,
  numbers: ReadonlyMap<string, CohortNumbers>,
): readonly Members<T>[] {
  const sets = new Map<ParameterGroup, Map<CohortNumbers, PlannedParameter<T>[]>>();
  for (const parameter of parameters) {
    const ofGroup = sets.get(parameter.group) ?? new Map<CohortNumbers, PlannedParameter<T>[]>();
    const own = numbers.get(parameter.info.name)!;
    sets.set(parameter.group, ofGroup.set(own, [...(ofGroup.get(own) ?? []), parameter]));
  }
  return [...sets.values()].flatMap((ofGroup) => [...ofGroup.values()]);
}

/** Weights whose old and new state may exist at the same time, on engines that do not reuse donated memory. */
const mostWeightsTogether = 1 << 22;

/** Parts of a list of parameters that are updated by one call. */
export function inBatches<T extends Tensor>(parameters: Members<T>): PlannedParameter<T>[][] {
  const batches: PlannedParameter<T>[][] = [];
  let room = 0;
  for (const parameter of parameters) {
    const size = parameter.info.shape.reduce((a, b) => a * b, 1);
    if (size > room) {
      batches.push([]);
      room = mostWeightsTogether;
    }
    batches.at(-1)!.push(parameter);
    room -= size;
  }
  return batches;
}
