import { type TransformStep, transformStep } from '../gradient-transform.ts';
import { checkInteger, type HyperparameterSetting } from '../options/hyperparameter.ts';
import { lerp } from './scale-by-adam.ts';

/** After which updates an average takes the weights in. */
export interface AveragingTimes {
  /** Updates before the average begins; default 0. */
  readonly startAfter?: number;
  /** Updates from one averaging to the next, an integer >= 1; default 1. */
  readonly every?: number;
}

/**
 * A running average of the weights in slot `average`. The first one is a copy of the weights; before it there is none,
 * and evaluation uses the weights themselves.
 *
 * @param rateOf share of the newest weights when they are the `count`-th, count >= 2
 */
export function averageWeights<Hyper extends string>(
  owner: string,
  times: AveragingTimes,
  hyperparameters: Readonly<Record<Hyper, HyperparameterSetting>>,
  rateOf: (count: number, hyperparameters: Readonly<Record<Hyper, number>>) => number,
): TransformStep {
  const startAfter = checkInteger(`${owner}.startAfter`, times.startAfter ?? 0, 0);
  const every = checkInteger(`${owner}.every`, times.every ?? 1, 1);
  const countAfter = (updates: number): number =>
    updates <= startAfter ? 0 : Math.floor((updates - startAfter) / every);
  return transformStep({
    name: owner,
    hyperparameters,
    settings: { startAfter, every },
    slots: { average: 0 },
    scalars: ({ completedUpdates, hyperparameters }) => {
      const count = countAfter(completedUpdates + 1);
      const isDue = count > countAfter(completedUpdates);
      const rate = count === 1 ? 1 : rateOf(count, hyperparameters);
      return { rate: isDue ? rate : 0, exists: count > 0 ? 1 : 0 };
    },
    write: ({ weight, slot, scalar }) => ({ slots: { average: lerp(slot('average'), weight, scalar('rate')) } }),
    evaluate: ({ weight, slot, scalar }) => ['select', scalar('exists'), slot('average'), weight],
  });
}
