import { HostState } from './driver/host-state.ts';
import type { GradientTransform } from './gradient-transform.ts';
import { checkTransform } from './options/check-transform.ts';

/** What of a transform can be compared with another: JSON. */
export type TransformDescription = {
  readonly name: string;
  /** By public name, as `Optimizer.hyperparameters` has them; `'schedule'` for a function. */
  readonly hyperparameters: Readonly<Record<string, number | 'schedule'>>;
  /** Each step's name and its other numbers and choices, in the order of the chain. */
  readonly steps: readonly Readonly<Record<string, StepSetting>>[];
};

type StepSetting = number | string | boolean | readonly number[];

/**
 * The numbers and choices of a transform, to tell whether a run is resumed with those it was begun with. Functions
 * (schedules, predicates) cannot be compared; only that there is one can.
 *
 * @throws OptimError `optim/transform`
 */
export function describeTransform(transform: GradientTransform): TransformDescription {
  const { name, steps } = checkTransform('describeTransform', transform);
  return {
    name,
    hyperparameters: new HostState(steps).settings(),
    steps: steps.map((step) => ({ name: step.name, ...step.settings })),
  };
}
