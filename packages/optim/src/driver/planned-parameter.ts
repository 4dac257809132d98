import type { Tensor, Variable } from '@nt/tensor';
import type { ParameterInfo, TransformStep } from '../gradient-transform.ts';
import { ParameterGroup } from './parameter-group.ts';

/** A parameter and the steps that apply to it. */
export interface PlannedParameter<T extends Tensor> {
  readonly info: ParameterInfo;
  readonly variable: Variable<T>;
  readonly group: ParameterGroup;
}

/** Sorted by name, so that no sum over parameters depends on the order in which the program lists them. */
export function planParameters<T extends Tensor>(
  parameters: ReadonlyMap<string, Variable<T>>,
  steps: readonly TransformStep[],
): PlannedParameter<T>[] {
  const groups = new Map<string, ParameterGroup>();
  return [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, variable]) => {
      const info = { name, shape: variable.shape };
      const own = [...steps.entries()].filter(([, step]) => step.appliesTo?.(info) ?? true);
      for (const [, step] of own) step.check?.(info);
      const key = own.map(([index]) => index).join();
      const group = groups.get(key) ?? new ParameterGroup(own);
      groups.set(key, group);
      return { info, variable, group };
    });
}

/** Those that have a gradient: nearly always all of them. */
export const withGradients = <T extends Tensor>(
  all: readonly PlannedParameter<T>[],
  gradients: ReadonlyMap<string, T>,
): readonly PlannedParameter<T>[] =>
  gradients.size === all.length ? all : all.filter(({ info }) => gradients.has(info.name));
